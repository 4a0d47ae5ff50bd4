/**
 * Input that cannot be used, said in one line: where it stands, what is wrong, what is accepted.
 * Command lines turn it into exit code 2; every other error is a failure of the program.
 */
export class InputError extends Error {
  override readonly name = 'InputError'

  /** @param where file, flag or key, e.g. `run.json: optimizer.rate` */
  constructor(
    readonly where: string,
    readonly problem: string,
    readonly accepted?: string,
  ) {
    super(`${where}: ${problem}${accepted === undefined ? '' : `; accepted: ${accepted}`}`)
  }
}
