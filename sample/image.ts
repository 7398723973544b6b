import {
	assetsAppended,
	built,
	cleanedUp,
	dependenciesInstalled,
	manifestsAndToken,
	ownerChanged,
	sourcesCopied,
	workingDirectory,
} from './app-layers.ts';
import type { SampleImage } from './archive.ts';
import { packageCacheRemoved, rootFileSystem, runtime } from './base-layers.ts';

const entrypoint = runtime.find(({ path }) => path === 'usr/local/bin/docker-entrypoint.sh') ?? runtime[0];

/** A small Node service on a small base, built as such images often are: every kind of change and every cause of waste is in it. */
export const sampleImage: SampleImage = {
	name: 'orders',
	tag: '1.8.2',
	startedAt: Date.UTC(2026, 0, 15, 9, 30) / 1000,
	config: {
		User: 'node',
		ExposedPorts: { '8080/tcp': {} },
		Env: [
			'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
			'NODE_VERSION=24.11.1',
			'NODE_ENV=production',
		],
		Entrypoint: ['docker-entrypoint.sh'],
		Cmd: ['dist/server.js'],
		WorkingDir: '/srv/orders',
		Labels: {
			'org.opencontainers.image.title': 'orders',
			'org.opencontainers.image.version': '1.8.2',
			'org.opencontainers.image.description': 'Takes orders over HTTP and keeps them',
			'org.opencontainers.image.licenses': 'MIT',
		},
		StopSignal: 'SIGTERM',
	},
	steps: [
		{ instruction: 'ADD pebble-minirootfs-3.4.1-x86_64.tar.gz / # buildkit', entries: rootFileSystem },
		{ instruction: 'CMD ["/bin/sh"]' },
		{ instruction: 'ENV NODE_VERSION=24.11.1' },
		{
			instruction:
				'RUN /bin/sh -c addgroup -g 1000 node && adduser -u 1000 -G node -s /bin/sh -D node && apk add libstdc++ && tar -x -C /usr/local -f /tmp/node.tar # buildkit',
			entries: runtime,
		},
		{ instruction: 'RUN /bin/sh -c rm -rf /var/cache/apk/* # buildkit', entries: packageCacheRemoved },
		{ instruction: 'ENV NODE_ENV=production' },
		{ instruction: 'WORKDIR /srv/orders', entries: workingDirectory },
		{ instruction: 'COPY package.json package-lock.json .npmrc ./ # buildkit', entries: manifestsAndToken },
		{
			instruction: 'RUN /bin/sh -c npm ci --omit=dev && rm .npmrc # buildkit',
			entries: dependenciesInstalled,
		},
		{ instruction: 'COPY . . # buildkit', entries: sourcesCopied },
		{ instruction: 'RUN /bin/sh -c rm -rf public && npm run build # buildkit', entries: built },
		{ instruction: 'append assets.tar', comment: 'appended after the build', entries: assetsAppended },
		{ instruction: 'RUN /bin/sh -c chown -R node:node /srv/orders # buildkit', entries: ownerChanged },
		{
			instruction:
				'RUN /bin/sh -c rm -rf node_modules/.cache && chmod 755 /usr/local/bin/docker-entrypoint.sh # buildkit',
			entries: cleanedUp(entrypoint),
		},
		{ instruction: 'USER node' },
		{ instruction: 'EXPOSE map[8080/tcp:{}]' },
		{ instruction: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
		{ instruction: 'CMD ["dist/server.js"]' },
	],
};
