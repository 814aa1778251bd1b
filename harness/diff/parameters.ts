import type { Operation, Parameter } from '../model/document.ts';
import { follow, member } from '../openapi/document/pointer.ts';
import { change, type Change, sidesOf } from './change.ts';
import { sameMeaning } from './same-meaning.ts';

/** What changes in the parameters of an operation. */
export function parameterChanges(pair: readonly [Operation, Operation]): readonly Change[] {
  const [before, after] = pair;
  const keys = new Set([...before.parameters, ...after.parameters].map(keyOf));
  return [...keys].flatMap((key) => {
    const [was, is] = pair.map((operation) => operation.parameters.find((one) => keyOf(one) === key));
    if (was === undefined) return is === undefined ? [] : [added(pair, is)];
    if (is === undefined) return [removed(pair, was)];
    return changed(pair, was, is);
  });
}

function keyOf({ in: place, name }: Parameter): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

function added(pair: readonly [Operation, Operation], parameter: Parameter): Change {
  const { required, name, at, in: place } = parameter;
  const sides = sidesOf(pair, undefined, at);
  const which = `${required ? 'required' : 'optional'} ${place} parameter ${name}`;
  if (required && isVersionHeader(parameter)) {
    const value = defaultOf(pair[1], parameter);
    return change('version-header-added', `the version header ${name} is new, required, default ${value}`, { sides });
  }
  return change(required ? 'parameter-required-added' : 'parameter-optional-added', `new ${which}`, { sides });
}

function removed(pair: readonly [Operation, Operation], parameter: Parameter): Change {
  const { name, at, in: place } = parameter;
  const sides = sidesOf(pair, at, undefined);
  return isVersionHeader(parameter)
    ? change('version-header-removed', `the version header ${name} is no longer declared`, { sides })
    : change('parameter-removed', `the ${place} parameter ${name} is gone`, { sides });
}

function changed(pair: readonly [Operation, Operation], was: Parameter, is: Parameter): readonly Change[] {
  const sides = sidesOf(pair, was.at, is.at);
  const found: Change[] = [];
  const name = `the ${is.in} parameter ${is.name}`;
  if (!was.required && is.required) {
    found.push(change('parameter-became-required', `${name} is now required`, { sides }));
  }
  if (was.required && !is.required) {
    found.push(change('parameter-became-optional', `${name} is now optional`, { sides }));
  }
  const version = isVersionHeader(was) && isVersionHeader(is);
  const [old, now] = [defaultOf(pair[0], was), defaultOf(pair[1], is)];
  const inSchema = sidesOf(pair, was.schema ?? was.at, is.schema ?? is.at);
  if (version && old !== now) {
    const message = `the version header ${is.name} changes its default from ${old} to ${now}`;
    found.push(change('version-header-value-changed', message, { sides: inSchema }));
  }
  if (!sameMeaning(sidesOf(pair, was.schema, is.schema), version ? ['default'] : [])) {
    const rule = version ? 'version-header-changed' : 'parameter-schema-changed';
    found.push(change(rule, `${name} has another schema`, { sides: inSchema }));
  }
  return found;
}

function isVersionHeader({ in: place, name }: Parameter): boolean {
  return place === 'header' && /(^|-)api-version$/i.test(name);
}

function defaultOf({ document }: Operation, { schema }: Parameter): string {
  const value = schema === undefined ? undefined : member(follow(document.root, schema)?.value, 'default');
  return typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);
}
