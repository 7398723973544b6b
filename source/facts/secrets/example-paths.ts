/** Folders of tests, examples and documentation. */
const folders =
	/(?:^|\/)(?:tests?|testing|test[-_]?data|testutils?|__tests__|__mocks__|spec|specs|fixtures?|mocks?|examples?|samples?|demos?|docs?|man|benchmarks?|dummyserver)\//i;

/** Files of tests, examples and documentation by their own names, and templates of files with secrets. */
const names =
	/(?:^|\/)(?:test_[^/]{1,200}|tests?\.\w{1,5}|[^/]{1,200}[._-](?:test|tests|spec|example|examples|sample|template|dist|tmpl)(?:\.\w{1,5}){0,2}|(?:example|sample|dummy|fake|test)[._-][^/]{1,200}|readme[^/]{0,50}|changelog[^/]{0,50}|copyright|[^/]{1,200}\.(?:md|rst|adoc|d\.ts))$/i;

/** Whether what looks secret at a path is most likely for a test or an example, or part of documentation, so that it opens nothing. */
export function isExamplePath(path: string): boolean {
	return folders.test(path) || names.test(path);
}
