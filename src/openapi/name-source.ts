/** A person as generated answers name them. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Log-in name; made from the e-mail address where absent. */
  readonly username?: string;
  readonly groups?: readonly string[];
}

/** A resource as generated answers name it. */
export interface NamedResource {
  readonly id: string;
  readonly name: string;
  readonly technology: string;
  readonly type: string;
}

/** A connector as generated answers name it. */
export interface NamedConnector {
  readonly id: string;
  readonly name: string;
}

/** Who and what generated answers speak of; given by the world, so that all answers agree with each other. */
export interface NameSource {
  /** At least one. */
  readonly people: readonly NamedPerson[];
  /** At least one. */
  readonly resources: readonly NamedResource[];
  /** At least one. */
  readonly connectors: readonly NamedConnector[];
  /** Domain of the company: `example.com`. */
  readonly domain: string;
}

const DOMAIN = 'example.com';

const PEOPLE = [
  'Maya Lindqvist',
  'Tomas Okafor',
  'Priya Raman',
  'Jonas Weber',
  'Aiko Tanaka',
  'Lucia Moretti',
  'Samuel Adeyemi',
  'Claire Dubois',
  'Mateo Rojas',
  'Hanna Virtanen',
];

const RESOURCES = [
  'orders-prod postgres',
  'billing-prod mysql',
  'events-warehouse snowflake',
  'sessions-cache redis',
  'catalog-staging mongodb',
  'bastion-eu ssh',
];

/** Names for documents that are served without a world. */
export const DEFAULT_NAMES: NameSource = {
  domain: DOMAIN,
  people: PEOPLE.map((name, index) => ({
    id: `user_${suffix(index)}`,
    name,
    email: `${name.toLowerCase().replace(' ', '.')}@${DOMAIN}`,
    groups: [['Engineering', 'Data', 'Support', 'Finance'][index % 4] ?? 'Engineering'],
  })),
  resources: RESOURCES.map((words, index) => {
    const [name = '', technology = ''] = words.split(' ');
    const type = technology === 'ssh' ? 'instance' : 'datastore';
    return { id: `resource_${suffix(index + 20)}`, name, technology, type };
  }),
  connectors: ['eu-west-1-prod', 'us-east-1-prod', 'eu-west-1-staging'].map((name, index) => ({
    id: `connector_${suffix(index + 40)}`,
    name,
  })),
};

/** 26 characters in the alphabet of TypeIDs that differ from entry to entry. */
function suffix(index: number): string {
  return `01jng9j580em6rks12y199e6${String(index).padStart(2, '0')}`;
}
