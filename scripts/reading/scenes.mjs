import { join } from "node:path";
import { Random } from "../../dist/base/index.js";
import { drawScene, sceneKinds, syntheticGlyph } from "../../dist/data/index.js";
import { wilsonInterval } from "../../dist/evaluate/index.js";
import { loadModel, loadStrokes, scenePicture } from "../../dist/node/index.js";
import { createReader } from "../../dist/read/index.js";

const SEED = 20_000;

/** `digits` on drawn photographs of the digits of unipen's test writers, and of synthetic ones. */
export async function measureScenes({ backend, dataDir, models, scenes, say }) {
  const reader = await createReader(await loadModel(join(models, "digits.inkling")), backend);
  const written = (await loadStrokes("test", { dataDir })).filter(({ label }) => /\d/.test(label));
  const random = new Random(SEED);
  const counts = new Map(
    sceneKinds.map((kind) => [kind, { n: 0, right: 0, sure: 0, sureWrong: 0 }]),
  );
  for (let i = 0; i < Number(scenes); i++) {
    const kind = sceneKinds[i % sceneKinds.length];
    const glyph =
      i % 2 === 0
        ? written[random.integer(written.length)]
        : syntheticGlyph(String(random.integer(10)), random);
    const scene = drawScene(glyph, { kind, random: random.fork(`scene ${i}`) });
    const [{ status, label }] = reader.read([await scenePicture(scene)]);
    const isRight = label === glyph.label;
    const count = counts.get(kind);
    count.n += 1;
    if (isRight) count.right += 1;
    if (status === "read") count.sure += 1;
    if (status === "read" && !isRight) count.sureWrong += 1;
  }
  reader.close();
  const rows = [...counts].map(([kind, count]) => ({ kind, ...count }));
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
  const all = { n: sum("n"), right: sum("right"), sure: sum("sure"), sureWrong: sum("sureWrong") };
  say(`scenes: ${all.right} of ${all.n} right`);
  return { all: { ...all, interval: wilsonInterval(all.right, all.n) }, rows };
}
