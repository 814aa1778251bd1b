import type { CreateFault } from '../fault.ts';
import type { Rule } from '../rules.ts';
import { inProbe } from './row.ts';

/** Wrong requests that are taken. */
export const inputFaults: readonly CreateFault[] = [
  taken('name-missing', 'body-name-missing', 'An index without a name is made'),
  taken('dimension-missing', 'body-dimension-missing', 'An index without a dimension is made'),
  taken('metric-missing', 'body-metric-missing', 'An index without a metric is made'),
  taken('spec-missing', 'body-spec-missing', 'An index without a spec is made'),
  taken('serverless-missing', 'body-spec-serverless-missing', 'A spec without anything in it is taken'),
  taken('cloud-missing', 'body-spec-serverless-cloud-missing', 'A spec without a cloud is taken'),
  taken('region-missing', 'body-spec-serverless-region-missing', 'A spec without a region is taken'),
  taken('name-type', 'body-name-type', 'A name that is a number is taken'),
  taken('dimension-type', 'body-dimension-type', 'A dimension that is a text is taken'),
  taken('metric-type', 'body-metric-type', 'A metric that is a number is taken'),
  taken('protection-type', 'body-deletion_protection-type', 'A deletion protection that is a number is taken'),
  taken('tags-type', 'body-tags-type', 'Tags that are a text are taken'),
  taken('tag-type', 'body-tags-team-type', 'A tag that is a number is taken'),
  taken('spec-type', 'body-spec-type', 'A spec that is a text is taken'),
  taken('serverless-type', 'body-spec-serverless-type', 'A serverless spec that is a text is taken'),
  taken('name-short', 'body-name-too-short', 'An empty name is taken'),
  taken('name-long', 'body-name-too-long', 'A name of 46 characters is taken'),
  taken('name-pattern', 'body-name-pattern', 'A name with a blank in it is taken'),
  taken('tag-long', 'body-tags-team-too-long', 'A tag of 121 characters is taken'),
  taken('cloud-type', 'body-spec-serverless-cloud-type', 'A cloud that is a number is taken'),
  taken('dimension-small', 'body-dimension-too-small', 'A dimension of 0 is taken'),
  taken('dimension-large', 'body-dimension-too-large', 'A dimension of 20001 is taken'),
  taken('dimension-whole', 'body-dimension-fraction', 'A dimension that is no whole number is taken'),
  taken('metric-listed', 'body-metric-enum', 'A metric that nobody knows is taken'),
  taken('protection-listed', 'body-deletion_protection-enum', 'A deletion protection that nobody knows is taken'),
  taken('cloud-listed', 'body-spec-serverless-cloud-enum', 'A cloud that nobody knows is taken'),
  taken('spec-extra', 'body-spec-not_declared-extra', 'A spec with a property that is forbidden is taken'),
  taken(
    'serverless-extra',
    'body-spec-serverless-not_declared-extra',
    'A serverless spec with a property that is forbidden is taken',
  ),
  taken('json', 'body-malformed', 'A body that is no JSON makes an index'),
  taken('object', 'body-type', 'A body that is a text makes an index'),
  taken('body', 'body-missing', 'A request without a body makes an index'),
  {
    name: 'input/media-type-taken',
    says: 'A body labelled as something else is read as JSON',
    behaviour: { forgets: ['media-type'] },
    caughtBy: { check: 'status', case: 'create_index/415/**' },
  },

  broken('json', 'body-malformed', 'The server falls over a body that is no JSON'),
  broken('body', 'body-missing', 'The server falls over a request without a body'),
  broken('object', 'body-type', 'The server falls over a body that is a text'),
  broken('metric-missing', 'body-metric-missing', 'The server falls over a missing metric'),
  broken('name-type', 'body-name-type', 'The server falls over a name that is a number'),
  broken('name-long', 'body-name-too-long', 'The server falls over a name that is too long for its database'),
  broken('dimension-type', 'body-dimension-type', 'The server falls over a dimension that is a text'),
  broken('spec-type', 'body-spec-type', 'The server falls over a spec that is a text'),
  inProbe('input/body-metric-enum', {
    name: 'input/metric-listed-undeclared',
    says: 'An unknown metric is answered 418, which is not declared',
    behaviour: { refusesBy: { 'metric-listed': 418 } },
  }),
  inProbe('input/body-metric-enum', {
    name: 'input/metric-listed-ok',
    says: 'An unknown metric is refused under 200',
    behaviour: { refusesBy: { 'metric-listed': 200 } },
  }),
];

function taken(rule: Rule, probe: string, says: string): CreateFault {
  return inProbe(`input/${probe}`, { name: `input/${rule}-taken`, says, behaviour: { forgets: [rule] } });
}

function broken(rule: Rule, probe: string, says: string): CreateFault {
  return inProbe(`input/${probe}`, { name: `input/${rule}-500`, says, behaviour: { refusesBy: { [rule]: 500 } } });
}
