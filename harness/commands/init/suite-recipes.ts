import { draftAttempts } from '../../cases/defaults/attempts.ts';
import { writtenRequest } from '../../cases/defaults/written-request.ts';
import { noSuchResource } from '../../cases/suite.ts';
import type { Contract } from '../../contract.ts';
import type { Case, Provoke } from '../../model/case.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { DeclaredResponse } from '../../model/document.ts';
import type { RunRecord } from '../../model/record.ts';

/** What `init` writes of one declared response. */
export type SuitePart =
  /** A recipe that provoked it on the embedded mock. */
  | { readonly kind: 'recipe'; readonly response: DeclaredResponse; readonly how: string; readonly recipe: RecipeText }
  /** It is provoked from the document alone, in a way that no recipe says. */
  | { readonly kind: 'default'; readonly response: DeclaredResponse; readonly how: string }
  /** Nothing in the document provokes it on a server; `exempt`: nothing outside of the server can. */
  | { readonly kind: 'open'; readonly response: DeclaredResponse; readonly how: string; readonly exempt?: string };

/** A recipe as it is written; what is left out has its usual value. */
type RecipeText = Partial<Pick<Recipe, 'state' | 'request' | 'credential' | 'consumes'>>;

/** What provoked each declared response in a run of the default cases on the embedded mock. */
export function suiteParts({ operation, suite, cases }: Contract, run: RunRecord): readonly SuitePart[] {
  return operation.responses.map((response): SuitePart => {
    const own = cases.filter((one) => one.kind === 'declared' && one.response?.key === response.key);
    const known = suite.recipes[response.key];
    const [first] = own;
    if (known !== undefined) {
      const { state, credential } = known;
      const recipe = { ...(state === undefined ? {} : { state }), ...(credential === 'valid' ? {} : { credential }) };
      return { kind: 'recipe', response, recipe, how: run.cases.find(({ id }) => id === first?.id)?.state ?? '' };
    }
    return triedPart(response, own, run);
  });
}

function triedPart(response: DeclaredResponse, cases: readonly Case[], run: RunRecord): SuitePart {
  const records = cases.map(({ id }) => run.cases.find((record) => record.id === id));
  const names = new Set(
    records.map((record) => (record?.status === 'pass' ? record.exchanges.at(-1)?.step : undefined)),
  );
  const [name] = names;
  const [first] = cases;
  const step = first?.steps.find((each): each is Provoke => each.kind === 'provoke');
  const attempt =
    names.size === 1 ? step?.attempts.find((each) => each.name === name && each.on === undefined) : undefined;
  const reason = records.find((record) => record?.reason !== undefined)?.reason;
  if (
    first === undefined ||
    step === undefined ||
    [...names].some((each) => each === undefined || isAsked(step, each))
  ) {
    const exempt = first?.exempt?.reason;
    const how =
      reason?.replace(`; ${step?.remedy ?? ''}`, '') ?? 'only the embedded mock gives it, since it is asked to';
    return { kind: 'open', response, how, ...(exempt === undefined ? {} : { exempt }) };
  }
  const how = [...names].join('; ');
  const drafts = draftAttempts({ operation: first.operation, response, headers: [] });
  const found = attempt === undefined ? undefined : drafts.find((each) => each.name === attempt.name);
  const request =
    found === undefined || found.before !== undefined ? undefined : writtenRequest(first.operation, found.draft);
  if (request === undefined) return { kind: 'default', response, how };
  return { kind: 'recipe', response, how, recipe: { ...stateOf(first, attempt?.stateless === true), request } };
}

/** Whether an attempt asks the embedded mock for the response. */
function isAsked({ attempts }: Provoke, name: string): boolean {
  return attempts.some((each) => each.name === name && each.on !== undefined);
}

function stateOf({ needs }: Case, stateless: boolean): Pick<RecipeText, 'state' | 'consumes'> {
  const [need] = needs;
  if (need === undefined) return {};
  if (stateless || need.arrangement === undefined) return { state: noSuchResource };
  return { state: need.state, ...(need.consumes ? { consumes: true } : {}) };
}
