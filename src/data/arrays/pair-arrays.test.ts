import { describe, expect, it } from "vitest";
import { FormatError } from "../../base/index.js";
import { labelsFor, pairArrays } from "./pair-arrays.js";

describe("pairArrays", () => {
  it.each([
    ["x_train", "y_train", "x_test", "y_test"],
    ["X_train", "Y_train", "X_test", "Y_test"],
    ["xtrain", "ytrain", "xtest", "ytest"],
    ["trainX", "trainY", "testX", "testY"],
    ["train_x", "train_y", "test_x", "test_y"],
    ["train_images", "train_labels", "test_images", "test_labels"],
    ["trainImages", "trainLabels", "testImages", "testLabels"],
    ["kmnist-train-imgs", "kmnist-train-labels", "kmnist-test-imgs", "kmnist-test-labels"],
  ])("knows %s, %s, %s and %s", (images, labels, testImages, testLabels) => {
    expect(pairArrays([testLabels, images, testImages, labels], "a.npz")).toEqual({
      train: { images, labels },
      test: { images: testImages, labels: testLabels },
    });
  });

  it.each([
    ["X", "y"],
    ["images", "labels"],
    ["data", "target"],
    ["data", "label"],
  ])("knows %s and %s, a single part", (images, labels) => {
    expect(pairArrays(["DESCR", labels, images], "a.npz")).toEqual({ train: { images, labels } });
  });

  it("takes a test part alone for all there is, and passes a validation part over", () => {
    const names = ["val_images", "val_labels", "test_images", "test_labels"];
    expect(pairArrays(names, "a.npz")).toEqual({
      train: { images: "test_images", labels: "test_labels" },
    });
  });

  it.each([
    [
      ["a", "b"],
      "must hold images and labels named as x_train and y_train, images and labels, or X and y, got a, b",
    ],
    [
      [],
      "must hold images and labels named as x_train and y_train, images and labels, or X and y, got no array",
    ],
    [["x_train", "y_test", "x_test"], "must hold labels to x_train, got x_train, y_test, x_test"],
    [["y_train"], "must hold images to y_train, got y_train"],
    [["X", "images", "y"], "must leave no doubt, got both X and images"],
    [
      ["c", "d", "e", "f", "g", "h", "i", "j", "k"],
      "must hold images and labels named as x_train and y_train, images and labels, or X and y, got c, d, e, f, g, h, i, j … (9 arrays)",
    ],
  ])("refuses %j", (names, problem) => {
    expect(() => pairArrays(names, "a.npz")).toThrow(new FormatError("a.npz", problem));
  });
});

describe("labelsFor", () => {
  const names = ["y_train", "x_test", "y_test", "kmnist-labels", "labels", "notes"];
  it.each([
    ["x_train", "y_train"],
    ["x_test", "y_test"],
    ["kmnist-imgs", "kmnist-labels"],
    ["images", "labels"],
    ["x_val", undefined],
    ["notes", undefined],
    ["y_train", undefined],
  ])("to %s are %s", (images, labels) => {
    expect(labelsFor(images, names)).toBe(labels);
  });
});
