/** Whom a change breaks. */
interface Breaks {
  /** A client that was written for the first document, in front of a server of the second. */
  readonly clients: boolean;
  /** A server that keeps the first document, judged by the second. */
  readonly servers: boolean;
}

/** Why a change is breaking or not. */
interface DiffRule extends Breaks {
  readonly title: string;
}

const both = { clients: true, servers: true };
const clients = { clients: true, servers: false };
const servers = { clients: false, servers: true };
const neither = { clients: false, servers: false };

/** Every rule by its id; docs/diff.md holds the same table. */
export const diffRules = {
  'operation-added': { ...servers, title: 'a server must offer the new operation; no client calls it yet' },
  'operation-removed': { ...clients, title: 'clients call what is no longer offered' },
  'operation-moved': { ...both, title: 'clients send to, and servers listen at, the old method or path' },
  'operation-renamed': { ...neither, title: 'the operationId is not on the wire; generated clients change a name' },
  'response-success-added': { ...both, title: 'clients do not expect the new success, servers do not give it' },
  'response-success-removed': { ...both, title: 'clients wait for a success that servers may no longer give' },
  'response-error-added': { ...servers, title: 'clients handle errors of every status; servers must give the new one' },
  'response-error-removed': { ...servers, title: 'clients only wait in vain; a server may no longer answer so' },
  'response-body-added': { ...servers, title: 'clients may ignore a body; servers must send it' },
  'response-body-removed': { ...both, title: 'clients read a body that servers must no longer send' },
  'response-media-type-added': { ...neither, title: 'the media types that were there still are' },
  'response-media-type-removed': {
    ...both,
    title: 'clients ask for, and servers send, a media type that is not declared',
  },
  'response-media-type-changed': {
    ...both,
    title: 'clients parse, and servers send, the media type that was declared before',
  },
  'response-example-added': { ...neither, title: 'an example shows and does not demand' },
  'response-example-removed': { ...neither, title: 'an example shows and does not demand' },
  'response-example-changed': { ...neither, title: 'an example shows and does not demand' },
  'response-value-added': { ...clients, title: 'clients of a closed list do not know the new value' },
  'response-value-removed': { ...servers, title: 'clients only wait in vain; a server may no longer send the value' },
  'response-values-opened': { ...clients, title: 'clients of a closed list do not know what may come now' },
  'response-values-closed': { ...servers, title: 'a server may send what is no longer in the list' },
  'response-type-changed': { ...both, title: 'clients read, and servers send, the type that was declared before' },
  'response-property-added': { ...neither, title: 'an optional property may be ignored, and may be left out' },
  'response-required-property-added': { ...servers, title: 'clients may ignore it; servers must send it' },
  'response-property-removed': { ...neither, title: 'an optional property could be absent before' },
  'response-required-property-removed': { ...clients, title: 'clients rely on what was always there' },
  'response-property-became-required': { ...servers, title: 'servers must always send it' },
  'response-property-became-optional': { ...clients, title: 'clients rely on what was always there' },
  'response-became-nullable': { ...clients, title: 'clients do not expect null' },
  'response-became-not-nullable': { ...servers, title: 'a server may no longer send null' },
  'response-schema-changed': {
    ...both,
    title: 'other constraints are not weighed: counted as breaking until a person has read them',
  },
  'response-header-added': { ...neither, title: 'an optional header may be ignored, and may be left out' },
  'response-required-header-added': { ...servers, title: 'clients may ignore it; servers must send it' },
  'response-header-removed': { ...neither, title: 'an optional header could be absent before' },
  'response-required-header-removed': { ...clients, title: 'clients rely on what was always there' },
  'response-header-became-required': { ...servers, title: 'servers must always send it' },
  'response-header-became-optional': { ...clients, title: 'clients rely on what was always there' },
  'parameter-required-added': { ...both, title: 'clients do not send it, servers do not ask for it' },
  'parameter-optional-added': { ...servers, title: 'clients need not send it; servers must act on it' },
  'parameter-removed': { ...clients, title: 'clients send what has no effect any more' },
  'parameter-became-required': { ...clients, title: 'clients may leave it out' },
  'parameter-became-optional': { ...servers, title: 'servers refuse requests without it' },
  'parameter-schema-changed': { ...both, title: 'the values that are sent and accepted differ; not weighed further' },
  'version-header-added': { ...both, title: 'clients do not send the required header, servers do not read it' },
  'version-header-removed': { ...neither, title: 'a header that is not declared may still be sent' },
  'version-header-value-changed': {
    ...servers,
    title: 'clients keep their version until they ask for the new one; servers must know it',
  },
  'version-header-changed': { ...both, title: 'clients send the header as it was declared, and servers read it so' },
  'request-body-added': { ...servers, title: 'clients need not send it; servers must read it' },
  'request-required-body-added': { ...both, title: 'clients do not send it, servers do not ask for it' },
  'request-body-removed': { ...clients, title: 'clients send what has no effect any more' },
  'request-body-changed': { ...both, title: 'what is sent and accepted differs; not weighed further' },
  'security-changed': { ...both, title: 'clients prove who they are in another way than servers ask for' },
} as const satisfies Readonly<Record<string, DiffRule>>;

/** The id of a rule. */
export type DiffRuleId = keyof typeof diffRules;
