import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

// node tools/test.ts [--slow] [--built] [OPTION...] [FILE...]: builds the program, which is what the tests of the command line and of the
// terminal run, and then runs the tests in the files, or all of them. The options are those of `node --test`. `--slow` runs what is too slow
// for every day: the properties, on ten times as many cases, and the files named `*.slow.test.ts`. `--built` says that the program is built.

const repository = join(import.meta.dirname, '..');
const everyday = ['test/**/!(*.slow).test.ts'];
const slow = ['test/properties/*.test.ts', 'test/**/*.slow.test.ts'];

const isSlow = process.argv.includes('--slow');
const isBuilt = process.argv.includes('--built');
const given = process.argv.slice(2).filter((word) => word !== '--slow' && word !== '--built');
const options = given.filter((word) => word.startsWith('-'));
const files = given.filter((word) => !word.startsWith('-'));
const byDefault = isSlow ? slow : everyday;

process.exitCode = (isBuilt ? 0 : run(['tools/build.ts'])) || runTests();

function runTests(): number {
	return run([
		'--test',
		// The runner does next to nothing, and tests wait for programs, terminals and servers a good part of their time.
		`--test-concurrency=${availableParallelism() + 1}`,
		'--test-timeout=300000',
		'--test-reporter=spec',
		...options,
		...(files.length > 0 ? files : byDefault),
	]);
}

/** Runs Node to its end, and gives its exit code. */
function run(words: readonly string[]): number {
	const { status, error } = spawnSync(process.execPath, words, {
		cwd: repository,
		stdio: 'inherit',
		env: {
			...process.env,
			// Each file is a process of its own that loads a hundred modules: three quarters of that time is for compiling them.
			NODE_COMPILE_CACHE: join(repository, 'node_modules', '.cache', 'node'),
			...(isSlow && { FATHOM_TEST_RUNS: 'all' }),
		},
	});
	if (error) throw error;
	return status ?? 1;
}
