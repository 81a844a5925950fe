/** A chart of one service, as `helm create` makes them, only shorter. */
export function chart(directory: string, name: string) {
  return {
    [`${directory}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
    [`${directory}/values.yaml`]: `image: {repository: r.io/${name}, tag: v0}\nreplicaCount: 1\nmode: slow\nlots: false\n`,
    [`${directory}/templates/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-${name}
  labels: {app.kubernetes.io/name: ${name}}
spec:
  replicas: {{ .Values.replicaCount }}
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}
        {{- if .Values.lots }}
        lots: {{ randAlphaNum 12 }}
        {{- end }}
    spec:
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
{{- if .Values.proxy }}
        - name: proxy
          image: r.io/proxy:v1
{{- end }}
`,
    [`${directory}/templates/config.yaml`]: `apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}-${name}}
data: {MODE: {{ .Values.mode | quote }}}
`,
  };
}
