import { directory, fifo, file, hardLink, symlink, whiteout } from '../archives/tar-entry.ts';
import type { TestImage } from '../archives/write-archive.ts';

const hostile = '`|<b>@everyone #1\n::error::\u202e[x](http://evil.example)';

const base = [
	directory('bin/'),
	file('bin/sh', 'x'.repeat(4000), { mode: 0o755 }),
	directory('etc/'),
	file('etc/passwd', 'root:x:0:0\n'),
	file('etc/motd', 'hello\n'),
];

const tools = [directory('usr/'), file('usr/lib.so', 'l'.repeat(90_000))];

/** Two builds of one image, between which everything happened that can happen. */
export const oldBuild: TestImage = {
	names: ['app:1.0'],
	layers: [
		base,
		[file('var/cache/index', 'i'.repeat(30_000))],
		[whiteout('var/cache/index'), ...tools],
		[
			directory('app/'),
			file('app/server.js', 's'.repeat(1200)),
			file('app/README.md', 'read me'),
			file('app/key', 'k', { mode: 0o644 }),
			file('app/VERSION', '1.0'),
			directory('app/lib/'),
			file('app/lib/one.js', 'one'.repeat(300)),
			file('app/lib/two.js', 'two'.repeat(200)),
			symlink('app/current', 'releases/1'),
			file('app/logo.png', 'p'.repeat(7000)),
			file('app/changes', 'c'.repeat(10)),
			file(new Uint8Array([...Buffer.from('app/'), 0xff, 0xfe])),
		],
		[file('app/debug', 'd'.repeat(500))],
	],
	config: {
		created: '2025-03-01T10:00:00Z',
		config: {
			Env: ['PATH=/bin', 'MODE=dev', 'DEBUG=1'],
			Cmd: ['node', 'server.js'],
			User: 'root',
			ExposedPorts: { '80/tcp': {} },
			Labels: { version: '1.0' },
		},
		history: [
			{ created_by: 'ADD base.tar /' },
			{ created_by: 'RUN fetch index' },
			{ created_by: 'RUN rm -rf /var/cache/index && make' },
			{ created_by: 'COPY . /app' },
			{ created_by: 'RUN debug' },
			{ created_by: 'CMD ["node", "server.js"]', empty_layer: true },
		],
	},
};

export const newBuild: TestImage = {
	names: ['app:1.1'],
	layers: [
		base,
		[file('var/cache/index', 'i'.repeat(31_000))],
		[whiteout('var/cache/index'), ...tools],
		[directory('opt/'), file('opt/agent', 'a'.repeat(12_345), { mode: 0o755 })],
		[
			directory('app/'),
			file('app/server.js', 's'.repeat(1300)),
			file('app/README.md', 'Read me'),
			file('app/key', 'k', { mode: 0o600, uid: 1000 }),
			directory('app/src/'),
			file('app/src/one.js', 'one'.repeat(300)),
			file('app/src/two.js', 'two'.repeat(200), { mode: 0o755 }),
			symlink('app/current', 'releases/2'),
			file('app/img/logo.png', 'p'.repeat(7000)),
			symlink('app/changes', 'CHANGES'),
			hardLink('app/second', 'app/server.js'),
			fifo('app/pipe'),
			file(`app/${hostile}`, 'h'.repeat(77)),
		],
	],
	config: {
		created: '2025-03-02T10:00:00Z',
		config: {
			Env: ['PATH=/bin:/opt', 'MODE=', `HOSTILE=${hostile}`],
			Cmd: ['node', 'server.js', '--port 8080'],
			Labels: { version: '1.1' },
			Volumes: { '/data': {} },
		},
		history: [
			{ created_by: 'ADD base.tar /' },
			{ created_by: 'RUN fetch index' },
			{ created_by: 'RUN rm -rf /var/cache/index && make' },
			{ created_by: `RUN install agent # ${hostile}` },
			{ created_by: 'COPY . /app' },
			{ created_by: 'CMD ["node", "server.js", "--port 8080"]', empty_layer: true },
		],
	},
};
