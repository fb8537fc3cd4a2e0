package fixer

import (
	"go/ast"
	"go/token"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// decisions say what stands for each node of the syntax. What they do not
// mention stands for itself, with its children decided one by one.
type decisions struct {
	lit        map[ast.Expr]flow.Value  // a literal stands for it
	fun        map[ast.Expr]flow.Value  // a function that returns it does
	keep       map[ast.Expr]ast.Expr    // one of its operands stands for it
	not        map[ast.Expr]ast.Expr    // the negation of one of its operands does
	gone       map[ast.Node]bool        // nothing does: statements, clauses, declarations, specs, fields
	flat       map[ast.Stmt]*splice     // some of its parts do
	blank      map[*ast.Ident]bool      // the blank identifier stands for a name that is assigned
	alone      map[ast.Stmt]bool        // an assignment's right side stands for it, as a statement
	value      map[*ast.AssignStmt]bool // a literal for each name stands for the right side
	always     map[*ast.CaseClause]bool // the clause is the default now
	noCond     map[*ast.ForStmt]bool    // the loop has no condition any more
	noTag      map[*ast.SwitchStmt]bool
	define     map[ast.Stmt]bool                       // "=" becomes ":="
	assign     map[ast.Stmt]bool                       // ":=" becomes "="
	declare    map[ast.Stmt][]*ast.Ident               // "var x T" stands before the statement
	noElse     map[*ast.IfStmt]bool                    // the else goes
	redeclared map[*ast.Ident]bool                     // names that declare a variable now, on the left of a ":="
	joined     map[*ast.Ident]*ast.Ident               // names that declared a variable, which another name declares now
	unlabel    map[*ast.LabeledStmt]bool               // the statement stands without its label
	tail       map[ast.Stmt]bool                       // it and all behind it in its list are gone, with their comments
	headed     map[*ast.AssignStmt]*ast.IfStmt         // it stands in the head of the if behind it
	returns    map[*ast.AssignStmt]string              // its right side is returned, behind these words
	lifted     map[*ast.IfStmt]bool                    // the else stands behind it
	instead    map[*ast.BranchStmt]token.Token         // the word that stands for a break
	nested     map[*ast.IfStmt]*nested                 // what follows it stands in its else
	inverted   map[*ast.IfStmt]bool                    // its else stands for its body, and the negation for its condition
	patched    map[*ast.CompositeLit][]*ast.AssignStmt // what is set behind it, which stands in it
	inlined    map[*ast.Ident]*ast.AssignStmt          // the right side stands for the name
	declaring  map[*ast.AssignStmt]*ast.ValueSpec      // it declares what this has declared
	blanked    map[ast.Spec]bool                       // constants that stand elsewhere in their group
	unnamed    map[*ast.ImportSpec]bool                // the blank identifier stands for the import's name
	alive      map[ast.Node]bool                       // survivors, once they are settled
}

func newDecisions() *decisions {
	return &decisions{
		lit: map[ast.Expr]flow.Value{}, fun: map[ast.Expr]flow.Value{}, keep: map[ast.Expr]ast.Expr{}, not: map[ast.Expr]ast.Expr{}, gone: map[ast.Node]bool{},
		flat: map[ast.Stmt]*splice{}, blank: map[*ast.Ident]bool{}, alone: map[ast.Stmt]bool{}, value: map[*ast.AssignStmt]bool{},
		always: map[*ast.CaseClause]bool{}, noCond: map[*ast.ForStmt]bool{}, noTag: map[*ast.SwitchStmt]bool{}, define: map[ast.Stmt]bool{},
		assign: map[ast.Stmt]bool{}, declare: map[ast.Stmt][]*ast.Ident{}, noElse: map[*ast.IfStmt]bool{}, redeclared: map[*ast.Ident]bool{}, joined: map[*ast.Ident]*ast.Ident{},
		headed: map[*ast.AssignStmt]*ast.IfStmt{}, returns: map[*ast.AssignStmt]string{}, lifted: map[*ast.IfStmt]bool{},
		unlabel: map[*ast.LabeledStmt]bool{}, tail: map[ast.Stmt]bool{}, unnamed: map[*ast.ImportSpec]bool{},
		instead: map[*ast.BranchStmt]token.Token{}, nested: map[*ast.IfStmt]*nested{}, inverted: map[*ast.IfStmt]bool{},
		patched: map[*ast.CompositeLit][]*ast.AssignStmt{}, inlined: map[*ast.Ident]*ast.AssignStmt{}, blanked: map[ast.Spec]bool{}, declaring: map[*ast.AssignStmt]*ast.ValueSpec{},
	}
}

// bare returns s without the labels that are dropped.
func (d *decisions) bare(s ast.Stmt) ast.Stmt {
	for {
		l, ok := s.(*ast.LabeledStmt)
		if !ok || !d.unlabel[l] {
			return s
		}
		s = l.Stmt
	}
}

// splice is what stands for a statement that the winners have decided: its init
// statement, what its condition does besides, and the body of one branch.
type splice struct {
	init   ast.Stmt
	effect []ast.Expr // evaluated for their effects
	body   ast.Stmt   // a block or if statement; nil is none
	list   []ast.Stmt // instead, the body of a clause
	clause *ast.CaseClause
	more   []*ast.CaseClause // those that the clause falls through to: their bodies are in list, too
	block  bool              // stays a block, since a name would clash
	inner  bool              // its body stays a block, behind the init statement and the effects
}

// stmts returns the statements that stand in the end.
func (s *splice) stmts() []ast.Stmt {
	switch b := s.body.(type) {
	case *ast.BlockStmt:
		return b.List
	case nil:
		return s.list
	}
	return []ast.Stmt{s.body}
}
