// Package dynamicconfig has the shapes of Temporal that the catalogue speaks of.
package dynamicconfig

type (
	Key        string
	Collection struct{}

	GlobalTypedSetting[T any]    struct{ def T }
	NamespaceTypedSetting[T any] struct{ def T }

	TypedPropertyFn[T any]                    func() T
	TypedPropertyFnWithNamespaceFilter[T any] func(namespace string) T

	GlobalBoolSetting    = GlobalTypedSetting[bool]
	GlobalIntSetting     = GlobalTypedSetting[int]
	NamespaceBoolSetting = NamespaceTypedSetting[bool]

	BoolPropertyFn                    = TypedPropertyFn[bool]
	IntPropertyFn                     = TypedPropertyFn[int]
	BoolPropertyFnWithNamespaceFilter = TypedPropertyFnWithNamespaceFilter[bool]
)

func NewGlobalBoolSetting(key Key, def bool, description string) GlobalBoolSetting {
	return GlobalBoolSetting{def}
}

func NewGlobalIntSetting(key Key, def int, description string) GlobalIntSetting {
	return GlobalIntSetting{def}
}

func NewNamespaceBoolSetting(key Key, def bool, description string) NamespaceBoolSetting {
	return NamespaceBoolSetting{def}
}

func (s GlobalTypedSetting[T]) Get(c *Collection) TypedPropertyFn[T] {
	return func() T { return s.def }
}

func (s NamespaceTypedSetting[T]) Get(c *Collection) TypedPropertyFnWithNamespaceFilter[T] {
	return func(string) T { return s.def }
}
