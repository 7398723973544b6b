import type { Explanation } from './explanation.ts';
import { FIRST_STAGE, ignored, left, mounted, removed, SAME_RUN, staged } from './leftover.ts';

/** What package managers and compilers keep, to be faster the next time. */
export const cacheExplanations = [
	left(
		'apt-lists-left',
		[
			'the package lists of apt are left',
			`Nothing but apt reads the lists, and apt-get update brings newer ones. ${SAME_RUN}`,
		],
		removed('apt-get update && apt-get install -y curl', 'rm -rf /var/lib/apt/lists/*'),
	),
	left(
		'apt-archives-left',
		[
			'the package cache of apt is left',
			`The cache has each package as it was downloaded, beside what was installed from it. ${SAME_RUN}`,
		],
		removed('apt-get update && apt-get install -y curl', 'apt-get clean'),
	),
	left(
		'apk-cache-left',
		[
			'the package cache of apk is left',
			'The cache has the index and the packages as they were downloaded. apk keeps none of it with --no-cache.',
		],
		{ before: ['RUN apk update && apk add curl'], after: ['RUN apk add --no-cache curl'] },
	),
	left(
		'dnf-cache-left',
		[
			'the package cache of dnf, yum or zypper is left',
			`The cache has metadata of repositories and packages as they were downloaded. ${SAME_RUN}`,
		],
		removed('dnf install -y curl', 'dnf clean all'),
	),
	left(
		'pacman-cache-left',
		['the package cache of pacman is left', `The cache has each package as it was downloaded. ${SAME_RUN}`],
		removed('pacman -Sy --noconfirm curl', 'rm -rf /var/cache/pacman/pkg/*'),
	),
	left(
		'pip-cache-left',
		[
			'the cache of pip or another installer of Python packages is left',
			'The cache has the wheels and archives that were unpacked elsewhere. Turn it off, or keep it outside of the image with a cache mount.',
		],
		{
			before: ['RUN pip install -r requirements.txt'],
			after: ['RUN pip install --no-cache-dir -r requirements.txt'],
		},
	),
	left(
		'npm-cache-left',
		[
			'the cache of npm is left',
			'The cache has the archives of packages that lie unpacked in node_modules. Remove it in the same RUN, or keep it outside of the image with a cache mount.',
		],
		mounted('npm ci --omit=dev', '/root/.npm'),
	),
	left(
		'yarn-cache-left',
		[
			'the cache of yarn is left',
			'The cache has the archives of packages that lie unpacked in node_modules. Clean it in the same RUN, or keep it outside of the image with a cache mount.',
		],
		removed('yarn install --production', 'yarn cache clean'),
	),
	left(
		'pnpm-store-left',
		[
			'the store of pnpm is left',
			'Files of the store that node_modules has as hard links cost nothing and are not counted; the rest is for later installations. A cache mount keeps the store outside of the image.',
		],
		mounted('pnpm install --prod --frozen-lockfile', '/root/.local/share/pnpm/store'),
	),
	left(
		'go-cache-left',
		['modules or build results of Go are left', `A binary needs neither. ${FIRST_STAGE}`],
		staged('golang:1.25', 'cd /src && go build -o /server', '/server /server'),
	),
	left(
		'cargo-registry-left',
		['crates that cargo downloaded are left', `A binary does not need them. ${FIRST_STAGE}`],
		staged('rust:1.90', 'cd /src && cargo build --release', '/src/target/release/server /server'),
	),
	left(
		'maven-repository-left',
		[
			'the local repository of Maven is left',
			`A packaged application has its own copies of the libraries. ${FIRST_STAGE}`,
		],
		staged('maven:3-eclipse-temurin-21', 'mvn -f /src package', '/src/target/app.jar /app.jar'),
	),
	left(
		'gradle-cache-left',
		[
			'the cache of Gradle is left',
			`A packaged application has its own copies of the libraries. ${FIRST_STAGE}`,
		],
		staged('gradle:9-jdk21', 'gradle -p /src build', '/src/build/libs/app.jar /app.jar'),
	),
	left(
		'nuget-packages-left',
		[
			'packages that NuGet downloaded are left',
			`A published application has its own copies of the libraries. ${FIRST_STAGE}`,
		],
		staged('mcr.microsoft.com/dotnet/sdk:10.0', 'dotnet publish /src -o /app', '/app /app'),
	),
	left(
		'composer-cache-left',
		[
			'the cache of Composer is left',
			'The cache has the archives of packages that lie unpacked in vendor. Clear it in the same RUN, or keep it outside of the image with a cache mount.',
		],
		removed('composer install --no-dev', 'composer clear-cache'),
	),
	left(
		'gem-cache-left',
		[
			'gems as they were downloaded are left',
			`What the archives hold lies unpacked beside them. ${SAME_RUN}`,
		],
		removed('bundle install', 'rm -rf /usr/local/bundle/cache/*.gem'),
	),
	left(
		'conda-packages-left',
		[
			'packages that conda downloaded are left',
			'Files that an environment has as hard links cost nothing and are not counted; the rest is for later installations. Clean up in the same RUN.',
		],
		removed('conda install -y numpy', 'conda clean --all --yes'),
	),
	left(
		'build-cache-left',
		[
			'the cache of a compiler or bundler is left',
			`It makes the next build faster, which begins without this image. ${SAME_RUN}`,
		],
		mounted('npm run build', '/app/node_modules/.cache'),
	),
	left(
		'check-cache-left',
		[
			'what checkers and test runners keep is left',
			'It makes the next check faster, which begins without this image. Check and test in a stage that the final one copies nothing from, and leave what your own machine keeps out of what is copied.',
		],
		ignored('**/.mypy_cache **/.pytest_cache **/.tox'),
	),
] as const satisfies readonly Explanation[];
