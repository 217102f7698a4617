/** A line `y = at + slope·x` and how many pixels of ink lie on it. */
export interface VotedLine {
  readonly at: number;
  readonly slope: number;
  readonly votes: number;
}

/**
 * The Hough transform in slope and intercept (Duda and Hart 1972): every pixel of ink votes for all
 * lines through it. Goes by a list of the pixels, as ink covers little of a picture, and pixels that
 * are taken out withdraw their votes.
 */
export class LineVotes {
  readonly #slopes: Float64Array;
  /** Intercepts from `-reach`. */
  readonly #reach: number;
  readonly #intercepts: number;
  /** `[slopes, intercepts]` */
  readonly #votes: Uint16Array;
  readonly #x: Int32Array;
  readonly #y: Int32Array;
  #count = 0;
  /** The slopes looked at, from one up to, but without, the other. */
  #from = 0;
  #to: number;

  /** @param options.steepest - largest slope; slopes are so near that lines miss no pixel between them */
  constructor(
    mask: { readonly width: number; readonly height: number; readonly data: Uint8Array },
    options: { readonly steepest: number },
  ) {
    const { width, height, data } = mask;
    const steps = Math.ceil((options.steepest * width) / 2);
    this.#slopes = Float64Array.from(
      { length: 2 * steps + 1 },
      (_, i) => (2 * (i - steps)) / width,
    );
    this.#to = this.#slopes.length;
    this.#reach = Math.ceil(options.steepest * width) + 2;
    this.#intercepts = height + 2 * this.#reach;
    this.#votes = new Uint16Array(this.#slopes.length * this.#intercepts);
    this.#x = new Int32Array(data.length);
    this.#y = new Int32Array(data.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (data[y * width + x] === 0) continue;
        this.#x[this.#count] = x;
        this.#y[this.#count] = y;
        this.#count += 1;
      }
    }
    for (let i = 0; i < this.#count; i++) this.#vote(this.#x[i], this.#y[i], 1);
  }

  /** The line with most votes. */
  most(): VotedLine {
    const first = this.#from * this.#intercepts;
    const last = this.#to * this.#intercepts;
    let best = first;
    for (let i = first; i < last; i++) if (this.#votes[i] > this.#votes[best]) best = i;
    const slope = Math.floor(best / this.#intercepts);
    return {
      at: (best % this.#intercepts) - this.#reach,
      slope: this.#slopes[slope],
      votes: this.#votes[best],
    };
  }

  /** Takes out the pixels within two of a line. */
  takeOut({ at, slope }: VotedLine): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const x = this.#x[i];
      const y = this.#y[i];
      if (Math.abs(y - Math.round(at + slope * x)) <= 2) {
        this.#vote(x, y, -1);
        continue;
      }
      this.#x[kept] = x;
      this.#y[kept] = y;
      kept += 1;
    }
    this.#count = kept;
  }

  /** From now on looks for lines along this slope alone, or the nearest to it. */
  keepTo(slope: number): void {
    const at = this.#slopes.indexOf(slope);
    this.#from = Math.max(0, at - 1);
    this.#to = Math.min(this.#slopes.length, at + 2);
  }

  #vote(x: number, y: number, vote: number): void {
    const rounding = this.#reach + y + 0.5;
    for (let i = 0; i < this.#slopes.length; i++) {
      const intercept = Math.floor(rounding - this.#slopes[i] * x);
      this.#votes[i * this.#intercepts + intercept] += vote;
    }
  }
}
