import { describe, expect, test } from "vitest";
import { textDoubts } from "../../../src/authority/diff/text-doubts.ts";

const mark = "\ufeff";

describe("textDoubts", () => {
  test.each([
    ["nothing", "tag: v1\n", "tag: v2\n", []],
    ["a line more", "tag: v1\n", "tag: v1\nname: a\n", []],
    ["tabs and line ends are seen by everybody", "a: 1\n", "a:\t1\n", []],
    ["line ends", "a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", ["encoding-changed"]],
    ["line ends kept", "a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", []],
    ["a line less, with returns", "a: 1\r\nb: 2\r\nc: 3\r\n", "a: 1\r\nb: 2\r\n", []],
    ["one of two line ends", "a: 1\nb: 2\n", "a: 1\r\nb: 2\n", ["encoding-changed"]],
    ["mixed line ends, more of one kind", "a\r\nb\nc\n", "a\r\nb\r\nc\n", ["encoding-changed"]],
    ["a byte order mark comes", "a: 1\n", `${mark}a: 1\n`, ["encoding-changed"]],
    ["a byte order mark goes", `${mark}a: 1\n`, "a: 1\n", ["encoding-changed"]],
    ["a byte order mark stays", `${mark}a: 1\n`, `${mark}a: 2\n`, []],
    ["a byte order mark in the middle", "a: 1\n", `a: 1${mark}\n`, ["text-invisible"]],
    ["no lines at all", "a", "b", []],
    ["the first line end", "a", "a\n", []],
    ["the first line end, with a return", "a", "a\r\n", ["encoding-changed"]],
    ["a zero-width space", "a: 1\n", "a: 1\u200b\n", ["text-invisible"]],
    ["text from right to left", "a: 1\n", "a: \u202e1\n", ["text-invisible"]],
    ["a control character", "a: 1\n", "a: \u00071\n", ["text-invisible"]],
    ["a line separator", "a: 1\n", "a: 1\u2028\n", ["text-invisible"]],
    ["what was there before", "a: 1\u200b\n", "a: 2\u200b\n", []],
    ["one of two goes", "a\u200b\u200c\n", "a\u200c\n", ["text-invisible"]],
    ["all go", "a\u200b\n", "a\n", []],
  ])("%s", (_, before, after, doubts) => {
    expect(textDoubts(before, after)).toEqual(doubts);
  });

  test("a new file is asked only for what can't be seen, and one that goes for nothing", () => {
    expect(textDoubts(undefined, "a: 1\r\n")).toEqual([]);
    expect(textDoubts(undefined, `${mark}a: 1\n`)).toEqual([]);
    expect(textDoubts(undefined, "a: \u202e1\n")).toEqual(["text-invisible"]);
    expect(textDoubts("a: \u202e1\n", undefined)).toEqual([]);
  });
});
