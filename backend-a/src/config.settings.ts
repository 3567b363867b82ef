/** What is wrong with the configuration: one line for each wrong or missing setting. */
export class ConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/** Why one value is refused: a clause that goes on after the setting's name. */
export class WrongValue extends Error {}

type Read<Value> = (text: string) => Value;

/** Reads settings one by one and remembers everything that is wrong, so that all of it is told at once. */
export class Settings {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #lines: string[] = [];

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  isSet(name: string): boolean {
    return Boolean(this.#env[name]);
  }

  refuse(name: string, cause: string): void {
    this.#lines.push(`${name}: ${cause}`);
  }

  optional<Value, Fallback>(name: string, read: Read<Value>, fallback: Fallback): Value | Fallback {
    const text = this.#env[name];
    if (!text) return fallback;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      this.refuse(name, error.message);
      return fallback;
    }
  }

  required(name: string, read: Read<string>): string {
    if (!this.isSet(name)) this.refuse(name, 'is missing; it has no default, set it');
    return this.optional(name, read, '');
  }

  text(name: string, shortest: number, longest: number): string {
    const bounds = longest === Infinity ? `at least ${shortest}` : `${shortest} to ${longest}`;
    return this.required(name, (text) => {
      const length = [...text].length;
      if (length >= shortest && length <= longest) return text;
      throw new WrongValue(`has ${length} characters; it must have ${bounds}`);
    });
  }

  matching(name: string, pattern: RegExp, form: string): string {
    return this.required(name, (text) => {
      if (pattern.test(text)) return text;
      throw new WrongValue(`has another form than ${form}; copy it from Twilio's console`);
    });
  }

  integer(name: string, least: number, most: number, fallback: number): number {
    return this.optional(
      name,
      (text) => {
        const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
        if (value >= least && value <= most) return value;
        throw new WrongValue(`is "${text}"; it must be a whole number from ${least} to ${most}`);
      },
      fallback,
    );
  }

  oneOf<const Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    return this.optional(
      name,
      (text) => {
        const choice = choices.find((each) => each === text);
        if (choice !== undefined) return choice;
        throw new WrongValue(`is "${text}"; it must be one of ${choices.join(', ')}`);
      },
      fallback,
    );
  }

  /** @throws ConfigError when anything that was read is wrong */
  mustBeRight(): void {
    if (this.#lines.length > 0) throw new ConfigError(this.#lines);
  }
}
