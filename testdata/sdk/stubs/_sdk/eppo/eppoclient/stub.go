// Package eppoclient has the shapes of Eppo's SDK that the catalogue speaks of.
package eppoclient

import "context"

type Attributes map[string]any

type EppoClient struct{}

type BanditResult struct {
	Variation string
	Action    *string
}

func (*EppoClient) GetBoolAssignment(flag, subject string, attrs Attributes, def bool) (bool, error) {
	return def, nil
}

func (*EppoClient) GetStringAssignment(flag, subject string, attrs Attributes, def string) (string, error) {
	return def, nil
}

func (*EppoClient) GetBoolAssignmentContext(ctx context.Context, flag, subject string, attrs Attributes, def bool) (bool, error) {
	return def, nil
}

func (*EppoClient) GetBanditAction(flag, subject string, attrs Attributes, actions map[string]Attributes, def string) BanditResult {
	return BanditResult{Variation: def}
}

func (*EppoClient) GetBanditActionContext(ctx context.Context, flag, subject string, attrs Attributes, actions map[string]Attributes, def string) BanditResult {
	return BanditResult{Variation: def}
}
