// Flagdebt finds stale feature flags in Go code, and removes them.
//
// A flag is stale when it has expired, or when its winner is settled: the value
// that it will have for ever. Which flags there are, who owns them and until when
// they may stay stands in a registry file beside the code. Where code asks for a
// flag is found by types, not by text: through constants, wrappers, fields and
// interfaces, for the flag systems of a built-in catalogue and for your own.
//
// Whoever starts types
//
//	flagdebt init                 # write a first .flagdebt.yml and flags.yaml
//	flagdebt check ./...          # what is wrong
//	flagdebt fix --diff ./...     # what removing the stale flags would change
//
// # Exit codes
//
// They are the same for every command and format:
//
//	0  nothing found; all that was asked is done
//	1  something found; something is left for a person
//	2  could not do it; nothing was written
//
// # Packages
//
// Packages are named as for the go command: ./..., ./dir, ./dir/..., import paths.
// They limit what is reported and changed, never what is known: the universe is
// the repository, with every module below its root, whatever is asked for.
// Folders that the go command skips are skipped: vendor, testdata, and names that
// begin with a dot or an underscore.
//
// # The registry file
//
// It lists the flags, each with what is known of it; all of it may be left out:
//
//	version: 1
//	flags:
//	  new-checkout: {owner: "@payments", kind: release, created: 2026-01-10, expires: 2026-06-30, winner: true}
//	  old-theme:    {expires: v2.4.0, winner: {code-default: true}}
//	  ship-config:  {permanent: true, description: "which carrier brings what"}
//
// Dates are days in UTC. A flag is stale from the day after it expires, or from
// the version on that it names. The winner is the exact text of a value;
// code-default stands for whatever default each place in the code passes, which
// archived flags serve. A permanent flag never expires. Where two flag systems
// have one key, source (launchdarkly, unleash, env, ...) and project tell them
// apart. With retire: keep, remove, {move: Deprecated} or {restage: v1.9.0}, a flag
// says what becomes of its definition: see Providers.
//
// A list from which code is generated in the manner of InfluxDB (key, contact, lifetime)
// is read, and taken from, as it is: {file: flags.yml, form: influxdb}.
//
// # The configuration file
//
// A file .flagdebt.yml is looked for from the working directory upwards to the
// repository's root. Paths in it are relative to its folder. Without it, a file
// flags.yaml at the root is the registry. All of it may be left out but the
// version:
//
//	version: 1
//	registry:                      # merged in this order; disagreement is the finding "conflict"
//	  - file: flags.yaml
//	    complete: true             # lists every flag; else "unknown" is not judged
//	environments: [production]     # the critical ones: all must agree before a flag is settled
//	providers:                     # ways of asking of your own
//	  - id: ours
//	    packages: [example.com/app/features]
//	    sites:
//	      - {recv: Client, names: [Enabled, Variant], key: 1, default: 2}
//	    overrides:
//	      - {names: SetForTest, key: 1, value: 2}
//	build: [{goos: windows}, {tags: [integration]}]
//	rules:
//	  stale: {severity: error, warn-before: 14d}
//	  nested: {severity: off}
//	overrides:                     # other rules for some files
//	  - {paths: ["legacy/**"], rules: {stale: {severity: note}}}
//	protected: ["auth-*"]          # flags that are never rewritten
//	fix: {exported: keep, verify: types, files: ["deploy/*.yaml"]}
//	pull-request: {max-open: 5, labels: [flagdebt], reviewers: [ann, example/payments]}
//	version-from: {file: versions.yaml, key: app.version}
//
// Both files have a JSON Schema, which "flagdebt init" names to editors.
//
// # Providers
//
// A provider says how code asks for flags. That of a flag library of one's own takes
// five lines:
//
//	providers:
//	  - id: ours
//	    packages: [example.com/app/features]
//	    sites:
//	      - {recv: Client, names: [Enabled], key: 0, default: 1}
//
// which says that calls of the method Enabled of example.com/app/features.Client ask
// for the flag that their first argument names, and get their second one where the
// system has no answer. "flagdebt init --provider" derives such a row from the
// function's signature. Arguments count from 0, without the receiver. Wrappers of
// such a method need no rows: they are seen through. "flagdebt explain FILE:LINE"
// says how a line is read; a row that matches nothing is told by the rule provider.
//
// Rows of sites yield a flag's value. A row matches, by its kind,
//
//	call   a function, or a method of the types recv; the default
//	field  a field of the struct types type, as in cfg.Features.NewUI
//	var    a package-level variable; const: a constant, also by its named type
//	index  an index of a package-level map, as in features["new-ui"]
//	tag    a field whose struct tag names the flag, in any package: packages: ["..."]
//
// names is a list, a name, "*" or a /regular expression/. The key is an argument
// (key: 1), what made the receiver (recv), the name of what is matched (name), the
// index (index), or more exactly
//
//	{arg: 1, field: FlagKey}     a field of an argument, a struct
//	{arg: 1, elems: true}        each element of an argument, a slice; with field, of each element;
//	                             with in, of the slice in that field of the argument, a
//	                             struct; so, too, for map-keys and fields
//	{arg: 1, map-keys: true}     each key of an argument, a map literal
//	{arg: 0, fields: true}       each field that an argument names, a struct literal
//	{arg: 0, const: true}        the name of a constant, not its value; also {recv: true, const: true}
//	{recv: true, param: 0}       the receiver's key, a dot, and an argument: one of its parameters
//	{tag: env}                   the struct tag of that name
//
// and each may have a pattern that flags match, of which the group (?P<key>...) is
// the key, a prefix that is cut off, a case (kebab, snake, upper, camel) that the
// name is turned into, and rename, for names that do not follow it. The default is
// an argument, {option: WithFallback} for the argument of an option, {tag: default},
// or {literal: text}, also for an option or tag that is left out. The value is the
// first result, and an error in the last place is the error, unless result says
// otherwise:
//
//	{at: 1, error: none}         another result; no error
//	{present: 1}                 the second result says whether the flag is set
//	{field: [On, IsOn], not: Off}  fields and getters of a struct, or of a pointer to one
//	{form: getter}               a function that returns the value; pointer: a pointer to it
//	{form: object}               a flag object, of which a row with recv and param asks
//	{form: opaque}               more than the value, so that the place is found but cannot be folded
//
// A row with bulk: true reads many flags at once. Rows of declares match calls that
// make a flag object, or register a flag, with meta for stage, expires and owner;
// those of overrides match calls that set a flag in tests, and by type the literals
// that do so wherever they stand: {type: Config, key: {fields: true}}, or map-keys, with
// in of one of their fields. pure lists functions and methods without effects.
//
// Rows of fills match calls that fill a struct from a configuration, whose fields are
// flags then, and so are those of the structs in it:
//
//	{names: Parse, into: 0, tag: env, outer: envPrefix}
//	{recv: Viper, names: UnmarshalKey, into: 1, prefix: 0, tag: mapstructure, join: .}
//
// into is the argument that points to the struct, or result. A field is named by its
// tag or, with untagged: lower or upper, by its name; the names of the fields around
// stand before it with join behind each, or what a tag of theirs says (outer), and
// before all the prefix, an argument or {arg: 1, field: Prefix}. A key whose prefix is
// no constant is dynamic. pattern says which keys, or ends of keys, are flags.
//
// retire says what becomes of a flag's definition: remove, the default; keep;
// {move: Deprecated} moves it to the block of its struct or group under a comment
// with that word; {restage: v1.9.0} leaves it, in the stage that settles the winner,
// with that version, for those who still name the flag. fix: {retire: {kubernetes:
// remove}} says so instead of what a provider does, and retire of a flag in the
// registry file instead of both.
//
// # Output
//
// Text is for people, and may change. JSON is for programs: it carries
// "version": 1, within which nothing is renamed or removed, and its paths are
// relative to the repository's root. Text is coloured on a terminal, unless the
// environment variable NO_COLOR is set.
//
// The rules are described in the package [github.com/flagdebt/flagdebt/analyzer]
// and by "flagdebt explain RULE".
//
// What follows is what "flagdebt COMMAND --help" says.
//
// # Command check
//
// Check judges every place where the repository's code asks for a flag against the
// registry, and reports what it finds in the packages (default ./...) and in the
// registry. The patterns limit what is told, never what is known: a wrapper in one
// package is seen through in all others.
//
// A package that does not compile is listed under "not judged", and does not stop
// the rest. "flagdebt explain RULE" says what a rule means.
//
// What is there already can be put aside. --write-baseline lists all findings of the
// repository in .flagdebt-baseline.yml, beside the configuration, or in the file that
// --baseline names. They are not told any more, by go vet and golangci-lint neither,
// until they change: a finding is known by its rule, flag, file and function and by
// what was found, not by its line. Entries that match nothing any more are told by the
// rule baseline. What fix removes does not depend on it.
//
// --new-from tells only what stands on lines that were added or changed since a
// revision of git, or since the working tree's history parted from it; files that git
// does not know yet are new.
//
// Exit 0: nothing at or above --fail-on; 1: something; 2: could not do it.
//
//	flagdebt check [packages]
//
// Options:
//
//	--baseline file       the file of the findings that are known (default: .flagdebt-baseline.yml beside the configuration)
//	--fail-on severity    exit 1 from this severity on: error, warning or never (default "error")
//	--new-from revision   tell only what stands on lines that are new since this revision of git
//	--write-baseline      write all findings to the baseline, and tell none
//
// Examples:
//
//	flagdebt check
//	flagdebt check --fail-on warning ./internal/...
//	flagdebt check --format json | jq '.findings[].flag'
//	flagdebt check --today 2027-01-01
//	flagdebt check --write-baseline
//	flagdebt check --new-from origin/main
//
// # Command list
//
// List shows every Site in the packages (default ./...), by flag and place: what it
// does (read the flag, declare it, override it in a test, read many at once), the
// flag system, the default that the code passes, and the wrappers it goes through,
// from the outermost inwards.
//
// A Site whose key is not constant is listed as (forwarded), where callers pass the
// key, or as (dynamic), where the code computes it.
//
// Under "named elsewhere" stands what else names a flag: other languages, templates,
// configuration, documents, and Go files that no build takes. That is text alone.
//
// Exit 0: listed; 2: could not do it.
//
//	flagdebt list [packages]
//
// Examples:
//
//	flagdebt list
//	flagdebt list ./internal/web
//	flagdebt list --format json | jq -r '.sites[].flag' | sort | uniq -c
//
// # Command explain
//
// Explain says more about one thing:
//
//	RULE       what the rule reports, why that is debt, and what it cannot see
//	FLAG       what the registry knows of the flag, every Site, what it is nested with,
//	           and what is wrong with it
//	FILE:LINE  for each expression on the line whether it is a Site: the provider row
//	           that matches, or the reason why none does
//
// Exit 0: explained; 2: there is no such rule, flag or line, or it could not be read.
//
//	flagdebt explain RULE|FLAG|FILE:LINE
//
// Examples:
//
//	flagdebt explain stale
//	flagdebt explain new-checkout
//	flagdebt explain internal/web/web.go:59
//
// # Command fix
//
// Fix removes flags from the code: the flags that are named, or all stale flags
// whose winner is settled. What a flag will be for ever is put in its place; branches
// that are never taken go, and with them whatever nobody needs any more: variables,
// functions, imports, files, tests of the losing behaviour, and the flag's entry in
// the registry file.
//
// The code of the packages (default ./...) may change; the whole repository is looked
// at. A flag that cannot be removed whole is left whole, and fix says where and why.
// All files are written, or none: an interrupted run leaves the code as it was.
//
// The result is type-checked. With fix: {verify: vet} in the configuration go vet runs
// before and after the change, with {verify: test} the tests, too: of the changed
// packages and of those that import them, in a copy, without tokens in the
// environment. What the change breaks keeps the flag; what failed before is told.
// go.mod and go.sum follow where that can be told without the network. Places that
// still name a flag, in documents, configurations or build files, are listed.
//
// A flag that is permanent, protected by the configuration, not settled, too early to
// remove, or settled at another value is removed only by name and with --force.
//
// Exit 0: all that was asked is gone from the code; 1: something is left, told why;
// 2: could not judge, nothing was written.
//
//	flagdebt fix [packages]
//
// Options:
//
//	--diff                  print the change as a patch, and write nothing
//	--drop KEY              remove the definition of the flag KEY, which no code asks for any more (repeatable)
//	--flag KEY=VALUE        remove the flag KEY=VALUE, which will be VALUE for ever (repeatable; default: all stale flags that are settled)
//	--force                 remove what is named, whatever registry and configuration say
//	--inline-only           keep the flags' definitions in the code, and their entries in the registry files
//	--symbol OBJECT=VALUE   remove the Go field, package variable, constant, function or method OBJECT=VALUE, as in example.com/app/features.Config.NewUI=true (repeatable)
//
// Examples:
//
//	flagdebt fix --diff
//	flagdebt fix --diff | git apply
//	flagdebt fix --flag new-checkout=true
//	flagdebt fix --flag theme=dark --flag old-search=false ./...
//	flagdebt fix --symbol example.com/app/features.Config.NewUI=true
//
// # Command pr
//
// Pr opens a pull request on GitHub for each stale flag whose winner is settled, or
// for the flags that are named, and brings those that it has opened before up to
// date. A run that finds nothing new changes nothing.
//
// It works on the remote "origin" and its default branch, in a scratch copy; your
// working tree is not touched. What people did wins: a pull request that was closed
// stays closed, a branch with commits of others is left alone.
//
// The token is read from GITHUB_TOKEN or GH_TOKEN; it needs write access to contents
// and pull requests. GITHUB_REPOSITORY (OWNER/NAME) names the repository where the
// address of "origin" does not, and GITHUB_API_URL the API of a GitHub Enterprise
// server. A dry run needs no token; with one, it asks what is open already.
//
// Under pull-request: the configuration says how many may be open at a time
// (max-open; with 0 none is opened, and those that are open are kept up to date), for
// which branch (base), how our branches begin (branch-prefix), whether they are
// drafts, and their labels, assignees and reviewers (users, and teams as org/team).
//
// Exit 0: every flag has its pull request, or needs none; 1: something is refused,
// blocked or put off; 2: could not do it.
//
//	flagdebt pr
//
// Options:
//
//	--dry-run          show branch, title, body and change of each, and touch nothing
//	--flag KEY=VALUE   only the flag KEY=VALUE, which will be VALUE for ever (repeatable; default: all stale flags that are settled)
//
// Examples:
//
//	flagdebt pr --dry-run
//	flagdebt pr
//	flagdebt pr --flag new-checkout=true
//
// # Command init
//
// Init looks for flags in the whole repository and writes two files at its root:
// .flagdebt.yml, the configuration, and flags.yaml, the registry, in which each flag
// stands with the day on which git first saw it and, where CODEOWNERS leaves no
// doubt, its owner. What it cannot know is for you to add: until when each flag may
// stay, and what it will be after that.
//
// With --provider it writes nothing, but prints the row of .flagdebt.yml by which
// calls of a function of your own ask for flags, as far as its signature tells: where
// they keep the key, the default and the value. The function may be of the repository
// or of what it imports.
//
// A file that exists is never overwritten. Git is not needed; without its history
// the days are left out.
//
// Exit 0: both files are written, or the row is printed; 2: at least one file exists,
// or they could not be written: then neither is; there is no such function.
//
//	flagdebt init
//
// Options:
//
//	--dry-run             print the files and write nothing
//	--provider function   print the row for this function, as in 'example.com/app/flags.(*Client).Enabled'
//	--registry file       write the flags to this file, told from the root of the repository (default "flags.yaml")
//
// Examples:
//
//	flagdebt init --dry-run
//	flagdebt init
//	flagdebt init --registry config/flags.yaml
//	flagdebt init --provider 'example.com/app/flags.(*Client).Enabled'
//
// # Command vet
//
// Vet runs "go vet" on the packages (default ./...) with flagdebt as its vet tool,
// and hands it the options that follow "--". Each package is judged by itself and
// what it imports, so only the rules that need no more than that take part, and no
// finding contradicts those of "flagdebt check". The go command keeps the results:
// only packages that changed are judged again, or all of them where the
// configuration, the registry or a flag's day says something new. Findings in packages
// of the repository that the named ones import may be told as well.
//
// The go command can do without this one:
//
//	go vet -vettool="$(go tool -n flagdebt)" ./...
//
// The environment variable FLAGDEBT_CONFIG then stands for --config, and
// FLAGDEBT_TODAY for --today.
//
// Exit 0: nothing found; 1: something, or go vet could not judge a package; 2: could
// not start.
//
//	flagdebt vet [packages] [-- go vet options]
//
// Examples:
//
//	flagdebt vet
//	flagdebt vet ./internal/...
//	flagdebt vet ./... -- -json
//	flagdebt vet --today 2027-01-01 -- -c=2
//
// # Command version
//
// Version prints the version of flagdebt, the Go release that it was built with, and
// the size of its catalogue: the flag systems that it knows, and the rows that say
// how code asks them.
//
// Exit 0: printed; 2: could not do it.
//
//	flagdebt version
//
// Examples:
//
//	flagdebt version
//
// # Global options
//
// Every command has them.
//
//	    --config file        configuration file (default: .flagdebt.yml, found upwards)
//	-C, --dir folder         work in this folder (default ".")
//	    --format form        print in this form: text or json (default "text")
//	    --quiet              show no progress
//	    --tags tags          build tags, with commas between them
//	    --today YYYY-MM-DD   judge as of this day, YYYY-MM-DD (default: today in UTC)
package main
