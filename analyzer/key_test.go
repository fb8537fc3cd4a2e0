package analyzer

import (
	"testing"

	"github.com/flagdebt/flagdebt/internal/config"
)

func TestInCase(t *testing.T) {
	for _, test := range []struct{ name, kebab, upper, camel string }{
		{"EnableAPIFields", "enable-api-fields", "ENABLE_API_FIELDS", "enableAPIFields"},
		{"NewUI", "new-ui", "NEW_UI", "newUI"},
		{"V2Search", "v2-search", "V2_SEARCH", "v2Search"},
		{"one_click-Pay", "one-click-pay", "ONE_CLICK_PAY", "oneClickPay"},
		{"", "", "", ""},
	} {
		for c, want := range map[config.Case]string{config.CaseKebab: test.kebab, config.CaseUpper: test.upper, config.CaseCamel: test.camel, "": test.name} {
			if got := inCase(test.name, c); got != want {
				t.Errorf("%s in case %q is %q, not %q", test.name, c, got, want)
			}
		}
	}
}
