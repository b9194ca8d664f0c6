// The borders of ARCHITECTURE.md. `npm run check` runs them; test/unit/borders proves that each one catches a violation.

/** Deterministic, without clock, file or network. */
const PURE_PACKAGES = 'papaparse|@types/papaparse';
const HOSTS = 'electron|headless|cli';
const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbidden('no-cycles', 'Two rooms that need each other are one room.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    forbidden('values-stand-alone', 'common/values runs anywhere and needs nothing.', { path: '^common/values/' }, { pathNot: '^common/values/' }),
    forbidden(
      'common-runs-anywhere',
      'common knows neither Node nor DOM nor any side of the contract.',
      { path: '^common/' },
      { path: '^(main|renderer|preload|test|scripts)/|^node:', pathNot: '^common/' },
    ),
    forbidden('common-without-builtins', 'common runs in a browser too.', { path: '^common/' }, { dependencyTypes: ['core'] }),
    forbidden(
      'domain-is-pure',
      'The trade imports only itself, common/values and the XML reader, and two things that turn text into values: a CSV parser, a hash.',
      { path: '^main/domain/' },
      { pathNot: `^(main/domain|common/values|main/xml)/|(^|/)node_modules/(${PURE_PACKAGES})/|^(node:)?crypto$` },
    ),
    forbidden(
      'domain-hashes-in-one-place',
      'node:crypto is also randomness: only the evidence chain may hash with it.',
      { path: '^main/domain/', pathNot: '^main/domain/evidence/chain\\.ts$' },
      { path: '^(node:)?crypto$' },
    ),
    forbidden(
      'codec-and-machine-are-pure',
      'Bytes and states need no socket, clock or file.',
      { path: '^main/servers/([^/]+)/(?:codec|machine)(?:\\.ts$|/)' },
      { pathNot: '^(main/servers/$1|common/values)/' },
    ),
    forbidden('servers-do-not-meet', 'A server imports no other server.', { path: '^main/servers/([^/]+)/' }, { path: '^main/servers/[^/]+/', pathNot: '^main/servers/$1/' }),
    forbidden(
      'servers-ask-through-needs',
      'What a server needs of the app is an interface of its own folder.',
      { path: '^main/servers/' },
      { path: `^main/(domain|app|store|phone|simulator|${HOSTS})/` },
    ),
    forbidden('app-knows-no-host', 'The bench runs the same under every host.', { path: '^main/app/' }, { path: `^main/(${HOSTS})/` }),
    forbidden(
      'rooms-below-the-app',
      'Store, discovery, crypto, phone and simulator are used by the app and know neither it nor a host.',
      { path: '^main/(store|discovery|crypto|phone|simulator)/' },
      { path: `^main/(app|${HOSTS})/` },
    ),
    forbidden(
      'crypto-stands-alone',
      'Ciphers, keys and certificates know nothing of the trade: themselves, common/values, Node, node-forge for certificates, the writer of whole files, and the XML reader for what they have opened.',
      { path: '^main/crypto/' },
      { pathNot: '^(main/(?:crypto|disk|xml)|common/values)/|(^|/)node_modules/(node-forge|@types/node-forge)/', dependencyTypesNot: ['core'] },
    ),
    forbidden('disk-knows-nobody', 'Writing a file whole is the same for all: Node alone.', { path: '^main/disk/' }, { pathNot: '^main/disk/', dependencyTypesNot: ['core'] }),
    forbidden('xml-knows-nobody', 'Reading XML is the same for all: the parser alone, no Node.', { path: '^main/xml/' }, { pathNot: '^main/xml/|(^|/)node_modules/saxes/' }),
    forbidden('headless-stands-alone', 'The command line starts the headless host, never the other way round.', { path: '^main/headless/' }, { path: '^main/(electron|cli)/' }),
    forbidden('nobody-imports-the-desktop', 'The desktop host is an entry point.', { pathNot: '^main/electron/' }, { path: '^main/electron/' }),
    forbidden('renderer-imports-only-common', 'The UI meets the bench through the contract.', { path: '^renderer/' }, { path: '^(main|preload|test|scripts)/' }),
    forbidden('renderer-without-builtins', 'The UI runs in a browser.', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    forbidden(
      'electron-at-the-edge',
      'Only the thin host and the preload know Electron.',
      { pathNot: '^(main/electron|preload|test/support/electron)/' },
      { path: '(^|/)node_modules/electron/|^electron$' },
    ),
    forbidden('preload-is-one-pipe', 'A sandboxed preload may require electron and nothing else.', { path: '^preload/' }, { pathNot: '(^|/)node_modules/electron/|^electron$|^common/|^preload/' }),
    forbidden('product-without-tests', 'What is shipped imports no test and no script.', { path: '^(common|main|preload|renderer)/' }, { path: '^(test|scripts)/' }),
    forbidden(
      'node-side-without-dev-packages',
      'What runs in Node is installed with the product.',
      { path: '^main/', pathNot: '^main/electron/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbidden('nothing-missing', 'An import leads somewhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
