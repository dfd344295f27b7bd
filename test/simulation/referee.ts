/** Where everybody reports a rule that did not hold. The first report counts: what follows is often its consequence. */

export class Violation extends Error {
  override readonly name = 'Violation';
  readonly rule: string;

  constructor(rule: string, detail: string) {
    super(detail === '' ? rule : `${rule}: ${detail}`);
    this.rule = rule;
  }
}

export class Referee {
  #first: Violation | null = null;

  fail(rule: string, detail = ''): void {
    this.#first ??= new Violation(rule, detail);
  }

  /** @throws the first Violation reported. */
  throwIfAny(): void {
    if (this.#first) {
      throw this.#first;
    }
  }
}
