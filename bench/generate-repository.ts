/** Writes a bare GitOps repository of any size with `git fast-import`: Kustomize services run by Flux, and a history of releases. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Writable } from "node:stream";

export interface RepositorySize {
  readonly services: number;
  /** In the newest commit, at least ten for each service. */
  readonly files: number;
  /** Releases after the first commit; each changes one service's tag, one in ten the staging tag beside it. */
  readonly commits: number;
}

const filesPerService = 10;
const servicesPerTeam = 100;
const releaseEverySeconds = 60;

export async function generateRepository(directory: string, size: RepositorySize, endsAt: number): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await run(["init", "--quiet", "--bare", "--initial-branch=main", directory]);
  await run(["--git-dir", directory, "fast-import", "--quiet", "--depth=5"], async (stream) => {
    const write = async (text: string) => {
      if (!stream.write(text)) await once(stream, "drain");
    };
    const begin = Math.floor(endsAt / 1000) - size.commits * releaseEverySeconds;
    for (let index = 0; index < size.services; index++) {
      if (index % servicesPerTeam === 0) {
        const team = index / servicesPerTeam;
        await write(commitHeader(`Welcome team ${team}`, begin - size.services + index) + fluxFiles(team));
      }
      await write(filesOf(index, size));
    }
    for (let release = 1; release <= size.commits; release++)
      await write(releaseCommit(release, size, begin + release * releaseEverySeconds));
    await write("done\n");
  });
}

function serviceName(index: number): string {
  return `${["ledger", "search", "quote", "parcel", "ticket"][index % 5]}-${index}`;
}

function commitHeader(message: string, seconds: number): string {
  return `commit refs/heads/main\ncommitter Releases <releases@example.com> ${seconds} +0000\ndata ${Buffer.byteLength(message)}\n${message}\n`;
}

function inline(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function home(index: number): string {
  return `teams/team-${Math.floor(index / servicesPerTeam)}/${serviceName(index)}`;
}

function releaseCommit(release: number, size: RepositorySize, seconds: number): string {
  // Prime steps: neighbours in history are far apart in the tree.
  const index = (release * 7919) % size.services;
  const tag = `v2.${release}.0`;
  const name = serviceName(index);
  const staging =
    release % 10 === 0
      ? inline(`${home(index)}/overlays/staging/kustomization.yaml`, overlay(index, "staging", tag))
      : "";
  const production = inline(`${home(index)}/overlays/production/kustomization.yaml`, overlay(index, "production", tag));
  return commitHeader(`Release ${name} ${tag}`, seconds) + staging + production;
}

function filesOf(index: number, size: RepositorySize): string {
  const name = serviceName(index);
  const at = home(index);
  const own = [
    inline(`${at}/base/kustomization.yaml`, `resources:\n  - deployment.yaml\n  - service.yaml\n  - hpa.yaml\n`),
    inline(`${at}/base/deployment.yaml`, deployment(name)),
    inline(`${at}/base/service.yaml`, service(name)),
    inline(`${at}/base/hpa.yaml`, autoscaler(name)),
    inline(`${at}/base/settings.env`, `LOG_LEVEL=info\nPOOL_SIZE=${10 + (index % 20)}\nFEATURE_RETRIES=true\n`),
    inline(`${at}/values.yaml`, values(name, index)),
  ];
  for (const environment of ["staging", "production"]) {
    own.push(inline(`${at}/overlays/${environment}/kustomization.yaml`, overlay(index, environment, `v1.${index}.0`)));
    own.push(inline(`${at}/overlays/${environment}/resources.yaml`, resources(name, environment)));
  }
  const teams = Math.ceil(size.services / servicesPerTeam);
  const extra = Math.max(0, Math.floor((size.files - teams * 2) / size.services) - filesPerService);
  for (let more = 0; more < extra; more++) own.push(inline(`${at}/base/rules-${more}.yaml`, settings(name, more)));
  return own.join("");
}

function fluxFiles(team: number): string {
  return ["staging", "production"]
    .map((environment) =>
      inline(
        `clusters/${environment}/team-${team}.yaml`,
        `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: team-${team}
  namespace: flux-system
spec:
  interval: 10m
  path: ./teams/team-${team}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
      ),
    )
    .join("");
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      containers:
        - name: ${name}
          image: ghcr.io/acme/${name}:v1.0.0 # replaced by the overlays
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_HOST
              value: "${name}-db.internal"
            - name: REQUEST_TIMEOUT
              value: 30s
${Array.from({ length: 24 }, (_, number) => variable(name, number)).join("")}          readinessProbe:
            httpGet: {path: /ready, port: http}
            periodSeconds: 10
          livenessProbe:
            httpGet: {path: /alive, port: http}
            periodSeconds: 20
            failureThreshold: 5
          lifecycle:
            preStop: {exec: {command: [sleep, "15"]}}
          volumeMounts:
            - {name: settings, mountPath: /etc/settings, readOnly: true}
            - {name: scratch, mountPath: /tmp}
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
      volumes:
        - name: settings
          configMap: {name: ${name}-settings}
        - name: scratch
          emptyDir: {sizeLimit: 1Gi}
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/name: ${name}
`;
}

function variable(name: string, number: number): string {
  if (number % 3 > 0) return `            - name: SETTING_${number}\n              value: "${name}/${number * 17}"\n`;
  const key = `key: password-${number}`;
  return `            - name: SECRET_${number}\n              valueFrom:\n                secretKeyRef: {name: ${name}-secrets, ${key}}\n`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function autoscaler(name: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: 70}
`;
}

function values(name: string, index: number): string {
  return `# What the dashboards and the on-call rota read.
owner: team-${Math.floor(index / servicesPerTeam)}
tier: ${index % 3}
dashboards:
  - title: '${name}: requests'
    query: sum(rate(http_requests_total{service="${name}"}[5m])) by (code)
  - title: '${name}: latency'
    query: histogram_quantile(0.99, sum(rate(http_seconds_bucket{service="${name}"}[5m])) by (le))
alerts:
${Array.from({ length: 12 }, (_, number) => alert(name, number)).join("")}flags:
  newSearch: ${index % 2 === 0}
  retries: {enabled: true, limit: 3}
`;
}

function alert(name: string, number: number): string {
  return `  - name: ${name}-rule-${number}
    # Agreed with the on-call rota; see the runbook before a threshold is changed.
    expr: |
      sum(rate(http_requests_total{service="${name}",code=~"5..",route="/v${number}"}[5m]))
        / sum(rate(http_requests_total{service="${name}",route="/v${number}"}[5m])) > 0.0${number + 1}
    for: ${number + 1}m
    labels: {severity: ${number % 2 === 0 ? "page" : "ticket"}, team: "${name}"}
    annotations:
      summary: "Route ${number} of ${name} answers with errors"
      runbook: https://runbooks.example/${name}/errors#${number}
`;
}

function overlay(index: number, environment: string, tag: string): string {
  const name = serviceName(index);
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${environment}-team-${Math.floor(index / servicesPerTeam)}
resources:
  - ../../base
patches:
  - path: resources.yaml
images:
  - name: ghcr.io/acme/${name}
    newTag: ${tag} # set by the release
replicas:
  - name: ${name}
    count: ${environment === "production" ? 4 : 1}
`;
}

function resources(name: string, environment: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
        - name: ${name}
          resources:
            requests: {cpu: ${environment === "production" ? "500m" : "50m"}, memory: 512Mi}
            limits: {memory: 1Gi}
`;
}

function settings(name: string, number: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-rules-${number}
data:
  rule: "${number}"
  limit: "100"
`;
}

async function run(args: readonly string[], feed?: (stream: Writable) => Promise<void>): Promise<void> {
  const child = spawn("git", args, {
    stdio: ["pipe", "ignore", "inherit"],
    env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  const ended = once(child, "close");
  await feed?.(child.stdin);
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}`);
}
