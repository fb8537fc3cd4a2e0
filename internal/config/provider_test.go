package config

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/internal/config/document/documenttest"
	"github.com/flagdebt/flagdebt/registry"
)

const providers = `providers:
  - id: boulder
    packages: [github.com/letsencrypt/boulder/features]
    pure: [github.com/letsencrypt/boulder/features.Get]
    sites:
      - {kind: field, type: Config, names: "*"}
    overrides:
      - {names: [Set], key: {arg: 0, fields: true}}
  - id: ours
    packages: example.com/app/flags/v*
    retire: keep
    evidence: run
    sites:
      - {recv: [Client, ""], names: [On], key: 0, default: 2}
      - {recv: Client, names: /^Get/, key: {arg: 1, field: Key, pattern: "^FF_", prefix: FF_}, default: {option: WithFallback}, result: {at: 0, error: 1, field: Value, present: 2}}
      - {names: All, bulk: true}
      - {names: [Enabled], key: recv, default: {literal: false}, result: {at: 1, error: none}}
      - {kind: const, type: Feature, key: {prefix: Enable}}
      - {kind: var, names: /^Enable/, package: example.com/app/flags/v2}
      - {kind: index, names: [features]}
      - {kind: tag, key: {tag: env}}
      - {recv: Client, names: Eval, key: {arg: 1, elems: true, field: FlagKey}, result: {form: opaque}}
      - {recv: Client, names: Eval, key: 0, result: {field: [On, GetOn], not: "Off"}, default: {option: WithFallback, literal: false}}
      - {recv: Layer, names: Get, key: {recv: true, param: 0}, result: {form: getter}}
      - {recv: Feature, names: Enabled, key: {recv: true, const: true, case: kebab, rename: {UI: user-interface}}}
      - {kind: tag, package: "...", key: {tag: envconfig}, default: {tag: default, literal: no}}
    declares:
      - {recv: Registry, names: [MustRegister, Register], key: 0, meta: {stage: 1, settle: {StageStable: true}, expires: {option: WithRegisterToVersion, arg: 0}, owner: {arg: 3}}}
    overrides:
      - {names: Set, key: 0, value: 1}
      - {recv: Data, names: [Flag], key: 0, value: {chain: [VariationForAll, On]}}
      - {names: Enable, key: 0, value: {literal: "true"}}
      - {recv: Provider, names: UsingFlags, key: {arg: 1, map-keys: true}}
`

func TestParseProvidersFillsInDefaults(t *testing.T) {
	got, err := ParseProviders([]byte(providers), "p.yaml")
	if err != nil {
		t.Fatal(err)
	}
	none, byType := Key{Arg: -1}, Result{Error: ErrorByType, Present: -1}
	arg := func(i int) Operand { return Operand{Set: true, Arg: i} }
	literal := func(s string) Operand { return Operand{Literal: &s} }
	key := func(change func(*Key)) Key { k := none; change(&k); return k }
	first := key(func(k *Key) { k.Arg = 0 })
	want := []Provider{
		{
			ID: "boulder", Packages: []string{"github.com/letsencrypt/boulder/features"}, Retire: registry.House{Rule: registry.RetireRemove},
			Pure:      []string{"github.com/letsencrypt/boulder/features.Get"},
			Sites:     []SiteRow{{Kind: KindField, Type: []string{"Config"}, Names: Names{All: true}, Key: key(func(k *Key) { k.Name = true }), Result: byType}},
			Overrides: []OverrideRow{{Names: Names{List: []string{"Set"}}, Key: Key{Arg: 0, Fields: true}}},
		},
		{
			ID: "ours", Packages: []string{"example.com/app/flags/v*"}, Retire: registry.House{Rule: registry.RetireKeep}, Evidence: EvidenceRun,
			Sites: []SiteRow{
				{Kind: KindCall, Recv: []string{"Client", ""}, Names: Names{List: []string{"On"}}, Key: first, Default: arg(2), Result: byType},
				{
					Kind: KindCall, Recv: []string{"Client"}, Names: Names{Regex: regexp.MustCompile("^Get")},
					Key:     Key{Arg: 1, Field: "Key", Pattern: regexp.MustCompile("^FF_"), Prefix: "FF_"},
					Default: Operand{Set: true, Option: "WithFallback"}, Result: Result{Error: 1, Field: []string{"Value"}, Present: 2},
				},
				{Kind: KindCall, Names: Names{List: []string{"All"}}, Key: none, Result: byType, Bulk: true},
				{Kind: KindCall, Names: Names{List: []string{"Enabled"}}, Key: key(func(k *Key) { k.Recv = true }), Default: literal("false"), Result: Result{At: 1, Error: ErrorNone, Present: -1}},
				{Kind: KindConst, Type: []string{"Feature"}, Key: key(func(k *Key) { k.Name, k.Prefix = true, "Enable" }), Result: byType},
				{Kind: KindVar, Names: Names{Regex: regexp.MustCompile("^Enable")}, Package: []string{"example.com/app/flags/v2"}, Key: key(func(k *Key) { k.Name = true }), Result: byType},
				{Kind: KindIndex, Names: Names{List: []string{"features"}}, Key: key(func(k *Key) { k.Index = true }), Result: byType},
				{Kind: KindTag, Names: Names{All: true}, Key: key(func(k *Key) { k.Tag = "env" }), Result: byType},
				{
					Kind: KindCall, Recv: []string{"Client"}, Names: Names{List: []string{"Eval"}}, Key: key(func(k *Key) { k.Arg, k.Elems, k.Field = 1, true, "FlagKey" }),
					Result: Result{Form: FormOpaque, Error: ErrorByType, Present: -1},
				},
				{
					Kind: KindCall, Recv: []string{"Client"}, Names: Names{List: []string{"Eval"}}, Key: first,
					Result: Result{Field: []string{"On", "GetOn"}, Not: []string{"Off"}, Error: ErrorByType, Present: -1}, Default: Operand{Set: true, Option: "WithFallback", Literal: literal("false").Literal},
				},
				{
					Kind: KindCall, Recv: []string{"Layer"}, Names: Names{List: []string{"Get"}}, Key: key(func(k *Key) { k.Recv, k.Param = true, arg(0) }),
					Result: Result{Form: FormGetter, Error: ErrorByType, Present: -1},
				},
				{
					Kind: KindCall, Recv: []string{"Feature"}, Names: Names{List: []string{"Enabled"}}, Result: byType,
					Key: key(func(k *Key) {
						k.Recv, k.Const, k.Case, k.Rename = true, true, CaseKebab, map[string]string{"UI": "user-interface"}
					}),
				},
				{
					Kind: KindTag, Package: []string{"..."}, Names: Names{All: true}, Key: key(func(k *Key) { k.Tag = "envconfig" }), Result: byType,
					Default: Operand{Set: true, Tag: []string{"default"}, Literal: literal("no").Literal},
				},
			},
			Declares: []DeclareRow{{
				Recv: []string{"Registry"}, Names: Names{List: []string{"MustRegister", "Register"}}, Key: first,
				Meta: Meta{Stage: arg(1), Settle: map[string]string{"StageStable": "true"}, Expires: Operand{Set: true, Option: "WithRegisterToVersion"}, Owner: arg(3)},
			}},
			Overrides: []OverrideRow{
				{Names: Names{List: []string{"Set"}}, Key: first, Value: arg(1)},
				{Recv: []string{"Data"}, Names: Names{List: []string{"Flag"}}, Key: first, Value: Operand{Set: true, Chain: []string{"VariationForAll", "On"}}},
				{Names: Names{List: []string{"Enable"}}, Key: first, Value: literal("true")},
				{Recv: []string{"Provider"}, Names: Names{List: []string{"UsingFlags"}}, Key: Key{Arg: 1, MapKeys: true}},
			},
		},
	}
	regex := cmp.Comparer(func(a, b *regexp.Regexp) bool { return a == b || a != nil && b != nil && a.String() == b.String() })
	if diff := cmp.Diff(want, got, regex, cmpopts.IgnoreTypes(registry.Position{})); diff != "" {
		t.Error(diff)
	}
	if got[1].Sites[1].Pos != (registry.Position{File: "p.yaml", Line: 15, Column: 9}) {
		t.Errorf("the row is said to stand at %s", got[1].Sites[1].Pos)
	}
}

// provider wraps one row of a provider.
func provider(rows, row string) string {
	return "providers:\n- id: x\n  packages: e.com/x\n  " + rows + ":\n  - " + row + "\n"
}

var badProviders = []struct {
	name, text, want string
	schemaCannot     bool
}{
	{name: "nothing", text: "providers: [{}]", want: `p.yaml:1:13: no id: give the provider a short name, as in {id: ours}
p.yaml:1:13: no packages: name the import paths whose functions, fields or variables the rows speak of
p.yaml:1:13: no sites: say how code asks for a flag, as in {names: [Enabled], key: 0}`},
	{
		name: "two of one name", schemaCannot: true,
		text: "providers:\n- {id: a, packages: b, sites: {names: C, key: 0}}\n- {id: a, packages: b, sites: {names: C, key: 0}}",
		want: `p.yaml:3:3: provider "a" stands twice: here and on line 2`,
	},
	{name: "an unknown key", text: provider("sites", "{name: On, names: On, key: 0}"), want: `p.yaml:5:6: unknown key "name": did you mean "names"?`},
	{name: "an unknown kind", text: provider("sites", "{kind: fields, type: T, names: A}"), want: "p.yaml:5:12: unknown word \"fields\": did you mean \"field\"?"},
	{name: "a field without a type", text: provider("sites", "{kind: field, names: A}"), want: `p.yaml:5:5: no type: name the struct type whose fields are flags`},
	{name: "a call without names and key", text: provider("sites", "{recv: Client}"), want: `p.yaml:5:5: no names: list them, or write names: "*" or names: /regular expression/
p.yaml:5:5: no key: say where the call keeps the flag's key, as in key: 0 (the first argument)`},
	{name: "a tag without a key", text: provider("sites", "{kind: tag}"), want: `p.yaml:5:5: no key: say where the tag keeps the flag's key, as in key: {tag: env}`},
	{name: "two ways of giving the key", text: provider("sites", "{names: A, key: {arg: 0, recv: true}}"), want: `p.yaml:5:21: two ways of giving the key: keep one of arg, recv, name, tag and index`},
	{name: "two parts of an argument", text: provider("overrides", "{names: A, key: {arg: 0, field: K, map-keys: true}}"), want: `p.yaml:5:21: two ways of giving the key: keep one of field, map-keys, fields, const, site and method`},
	{
		name: "a part of no argument", text: provider("overrides", "{names: A, key: {fields: true}}"),
		want: "p.yaml:5:21: no arg: field, map-keys, fields, const, site and method speak of an argument, as in {arg: 0, field: Key}",
	},
	{name: "a bad regular expression", text: provider("sites", "{names: /(/, key: 0}"), want: "p.yaml:5:13: error parsing regexp: missing closing ): `(`", schemaCannot: true},
	{name: "a regular expression in a list", text: provider("sites", "{names: [A, /^B/], key: 0}"), want: `p.yaml:5:17: "/^B/" stands for itself in a list: write it alone, as in names: /^B/`},
	{name: "a name that is none", text: provider("sites", "{names: Client.On, key: 0}"), want: `p.yaml:5:13: "Client.On" is no name of Go`},
	{name: "a pointer", text: provider("sites", "{recv: '*Client', names: On, key: 0}"), want: `p.yaml:5:12: "*Client": write the type without the star: it stands for pointers and values`},
	{name: "a receiver of a field", text: provider("sites", "{kind: field, type: T, recv: T, names: On}"), want: `p.yaml:5:5: a field has no recv: that is for calls`},
	{name: "a type of a call", text: provider("sites", "{type: T, names: On, key: 0}"), want: `p.yaml:5:5: a call has no type: that is for field, tag and const; a call has recv`},
	{name: "an argument of a field", text: provider("sites", "{kind: field, type: T, names: On, key: 0}"), want: `p.yaml:5:5: a field has no arguments and no receiver: its key cannot stand there`, schemaCannot: true},
	{name: "a key that is a word", text: provider("sites", "{names: On, key: first}"), want: "p.yaml:5:22: unknown word \"first\" (known: recv, name, index)"},
	{name: "an entry of an argument", text: provider("overrides", "{names: On, key: 0, value: {field: A, by: B, arg: 1}}"), want: `p.yaml:5:32: two operands: an entry has no arg`},
	{name: "a reset of one flag", text: provider("overrides", "{names: Reset, key: 0, reset: true}"), want: `p.yaml:5:5: reset and prepare speak of no flag: they have no key and no value`},
	{name: "a reset to a value", text: provider("overrides", "{names: Reset, value: 0, reset: true}"), want: `p.yaml:5:5: reset and prepare speak of no flag: they have no key and no value`},
	{name: "a reset that prepares", text: provider("overrides", "{names: Reset, reset: true, prepare: true}"), want: `p.yaml:5:5: reset and prepare exclude each other`},
	{name: "a reset without a name", text: provider("overrides", "{reset: true}"), want: `p.yaml:5:5: no names: list them, or write names: "*" or names: /regular expression/`},
	{name: "half an operand", text: provider("overrides", "{names: On, key: 0, value: {by: Variant}}"), want: `p.yaml:5:32: half an operand: by says where in the map of a field, as in {field: Variants, by: DefaultVariant}`},
	{name: "an operand in two places", text: provider("overrides", "{names: On, key: 0, value: {option: A, chain: B}}"), want: `p.yaml:5:32: two operands: keep one of option, chain, tag and field`},
	{name: "a literal argument", text: provider("overrides", "{names: On, key: 0, value: {literal: a, arg: 1}}"), want: `p.yaml:5:32: two operands: a literal stands alone, or for an option or tag that is left out`},
	{name: "an operand that is nowhere", text: provider("overrides", "{names: On, key: 0, value: {}}"), want: `p.yaml:5:32: no operand: write arg, option, chain, tag, field or literal`},
	{name: "a declaration by name", text: provider("declares", "{names: On, key: name}"), want: `p.yaml:5:5: the key must be an argument here, as in key: 0 (the first argument)`, schemaCannot: true},
	{name: "a literal with a name", text: provider("overrides", "{type: T, names: A, key: {fields: true}}"), want: `p.yaml:5:15: unknown key "names" (known: key, package, type, value)`},
	{name: "a literal without a key", text: provider("overrides", "{type: T}"), want: `p.yaml:5:5: no key: say what of the literal names the flags, as in key: {map-keys: true} or key: {fields: true}`},
	{name: "a literal's two keys", text: provider("overrides", "{type: T, key: {fields: true, map-keys: true}}"), want: `p.yaml:5:20: the key must be what a literal names, as in {map-keys: true}, {fields: true} or {in: Values, map-keys: true}`},
	{name: "a fill of no tag", text: provider("fills", "{names: Parse}"), want: `p.yaml:5:5: no tag: name the struct tag that names a field, as in tag: env`},
	{name: "a fill with two paths", text: provider("fills", "{names: Parse, tag: env, outer: envPrefix, join: _}"), want: `p.yaml:5:5: two ways of naming a path: keep one of outer and join`},
	{name: "a fill that splits nothing", text: provider("fills", "{names: Parse, tag: env, split: split_words}"), want: `p.yaml:5:5: no join: flat and split speak of names that it joins`},
	{name: "a fill of what", text: provider("fills", "{names: Parse, tag: env, into: first}"), want: "p.yaml:5:36: unknown word \"first\" (known: result)"},
	{name: "a literal of no type", text: provider("literals", "{key: Name}"), want: `p.yaml:5:5: no type: name the struct type whose literals register flags`},
	{name: "grace from nothing", text: provider("literals", "{type: Spec, grace: 3}"), want: `p.yaml:5:5: grace counts minor versions from the lock: name the fields lock and since`},
	{name: "results that are one", text: provider("sites", "{names: On, key: 0, result: {at: 1, error: 1}}"), want: `p.yaml:5:33: at, error and present must be different results`, schemaCannot: true},
	{name: "a form beside a field", text: provider("sites", "{names: On, key: 0, result: {field: A, form: getter}}"), want: `p.yaml:5:33: not needs field, and form stands without them`},
	{name: "a negation of nothing", text: provider("sites", "{names: On, key: 0, result: {not: A}}"), want: `p.yaml:5:33: not needs field, and form stands without them`},
	{name: "a member that is none", text: provider("sites", "{names: On, key: 0, result: {field: Get()}}"), want: `p.yaml:5:41: "Get()": want the name of a field or method`},
	{name: "a param that is no argument", text: provider("sites", "{names: On, key: {recv: true, param: first}}"), want: `p.yaml:5:42: want a whole number from 0, found "first"`},
	{name: "a param of a field", text: provider("sites", "{kind: field, type: T, names: A, key: {name: true, param: 0}}"), want: `p.yaml:5:5: a field has no arguments: its key has no param`, schemaCannot: true},
	{name: "a tag's default of a call", text: provider("sites", "{names: On, key: 0, default: {tag: default}}"), want: `p.yaml:5:5: a call has no struct tag: its default cannot stand there`, schemaCannot: true},
	{name: "a tag with an argument", text: provider("overrides", "{names: On, key: 0, value: {tag: a, arg: 1}}"), want: `p.yaml:5:32: two operands: a tag has no arg`},
	{name: "a field of no elements", text: provider("sites", "{names: On, key: {arg: 0, in: Requests}}"), want: "p.yaml:5:22: no elems: in names the field of the argument that holds the elements, as in {arg: 1, in: Requests, elems: true}"},
	{name: "elements of nothing", text: provider("sites", "{names: On, key: {elems: true}}"), want: "p.yaml:5:22: no arg: field, map-keys, fields, const, site and method speak of an argument, as in {arg: 0, field: Key}"},
	{name: "an unknown case", text: provider("sites", "{kind: var, names: A, key: {case: title}}"), want: "p.yaml:5:39: unknown word \"title\" (known: kebab, snake, upper, camel)"},
	{
		name: "calls in every package", schemaCannot: true, text: "providers: {id: x, packages: ..., sites: {names: A, key: 0}}",
		want: `p.yaml:1:12: packages "..." is every package: that is for rows of kind tag alone`,
	},
	{name: "a package with a star", text: "providers: {id: x, packages: e.com/*, sites: {names: A, key: 0}}", want: `p.yaml:1:30: "e.com/*": * can only stand in the element v*, a major version`},
	{name: "a pure function without a package", text: "providers: {id: x, packages: e.com, pure: Get, sites: {names: A, key: 0}}", want: `p.yaml:1:43: "Get": want "pkg.Func", "(*pkg.T).Method" or "(pkg.I).Method"`},
}

func TestParseProvidersTellsAllMistakes(t *testing.T) {
	schema := documenttest.Load(t, "flagdebt.schema.json")
	for _, test := range badProviders {
		t.Run(test.name, func(t *testing.T) {
			_, err := ParseProviders([]byte(test.text), "p.yaml")
			if err == nil || err.Error() != test.want {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
			if !test.schemaCannot && schema.Check(t, "provider-file", test.text) == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}

func TestSchemaAcceptsProvidersThatTheParserAccepts(t *testing.T) {
	schema := documenttest.Load(t, "flagdebt.schema.json")
	for _, text := range []string{
		providers, "providers: []", "providers: {id: std, packages: strings, pure: strings.ToLower}",
		"providers: {id: x, packages: e.com/x, literals: {type: Spec, default: Default, stage: Stage, settle: {GA: true}, lock: Lock, since: Version, grace: 3, expires: Until, owner: Owner}}",
		"providers: {id: x, packages: e.com/x, overrides: [{type: Overrides, key: {in: Values, map-keys: true}}, {type: Config, key: {fields: true, case: kebab}}, {names: Set, key: {arg: 0, in: Flags, fields: true}}]}",
		"providers: {id: x, packages: e.com/x, fills: [{names: Parse, tag: env, outer: envPrefix, prefix: {arg: 1, field: Prefix}, default: {tag: envDefault}}, {recv: Config, names: Fill, into: result, tag: key, untagged: lower, join: ., flat: true, split: words, pattern: ^x, prefix: 0}]}",
		"version: 1\nproviders: {id: x, packages: [e.com/x/v*/y, e.com/y/...], pure: ['(*e.com/x/v*.T).M', (e.com.I).M], sites: [{kind: field, type: T, names: A, key: {tag: yaml}}]}",
	} {
		if _, err := ParseProviders([]byte(text), "p.yaml"); err != nil {
			t.Error(err)
		}
		if err := schema.Check(t, "provider-file", text); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
	}
}

func TestSchemaKnowsTheKeysOfProviders(t *testing.T) {
	schema := documenttest.Load(t, "flagdebt.schema.json")
	for def, fields := range map[string]document.Fields{
		"provider-file": providerFileFields(nil), "provider": providerFields(&Provider{}), "site": siteFields(&SiteRow{}),
		"declare": declareFields(&DeclareRow{}), "meta": metaFields(&Meta{}), "override": overrideRowFields(&OverrideRow{}), "override-literal": literalRowFields(&OverrideRow{}), "literal-key": literalKeyFields(&Key{}), "literal": literalFields(&LiteralRow{}), "fill": fillFields(&FillRow{}), "prefix-place": prefixFields(&Operand{}),
		"key-place": keyFields(&Key{}), "operand-place": operandFields(&Operand{}, nil), "result": resultFields(&Result{}),
	} {
		if got := schema.Keys(t, def); !slices.Equal(got, fields.Keys()) {
			t.Errorf("%q: the schema has %v, the parser %v", def, got, fields.Keys())
		}
	}
}

func TestMatchPackage(t *testing.T) {
	for _, test := range []struct {
		pattern, yes, no string
	}{
		{"os", "os vendor/os a/vendor/os", "os/exec o"},
		{"e.com/x/v*", "e.com/x/v2 e.com/x/v10 vendor/e.com/x/v3", "e.com/x e.com/x/v1 e.com/x/v2/y e.com/x/vnext"},
		{"e.com/x/v*/y", "e.com/x/v2/y", "e.com/x/v2 e.com/x/y e.com/x/v2/y/z"},
		{"e.com/x/...", "e.com/x e.com/x/y/z vendor/e.com/x/y", "e.com e.com/xy"},
		{"e.com/x/v*/...", "e.com/x/v2 e.com/x/v2/y", "e.com/x/y"},
	} {
		for _, path := range strings.Fields(test.yes) {
			if !MatchPackage(test.pattern, path) {
				t.Errorf("%s does not match %s", test.pattern, path)
			}
		}
		for _, path := range strings.Fields(test.no) {
			if MatchPackage(test.pattern, path) {
				t.Errorf("%s matches %s", test.pattern, path)
			}
		}
	}
}

func TestIsPure(t *testing.T) {
	p := Provider{Pure: []string{"e.com/x/v*.New", "(*e.com/x/v*.T).Get", "(e.com/y.I).Get"}}
	for _, yes := range [][3]string{{"e.com/x/v2", "", "New"}, {"e.com/x/v3", "T", "Get"}, {"e.com/y", "I", "Get"}} {
		if !p.IsPure(yes[0], yes[1], yes[2]) {
			t.Errorf("%v is not pure", yes)
		}
	}
	for _, no := range [][3]string{{"e.com/x", "", "New"}, {"e.com/x/v2", "T", "New"}, {"e.com/y", "", "Get"}} {
		if p.IsPure(no[0], no[1], no[2]) {
			t.Errorf("%v is pure", no)
		}
	}
}

func FuzzParseProviders(f *testing.F) {
	f.Add([]byte(providers))
	for _, b := range badProviders {
		f.Add([]byte(b.text))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = ParseProviders(data, "p.yaml") // must not panic
	})
}
