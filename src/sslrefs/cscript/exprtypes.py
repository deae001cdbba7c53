"""The C type of an expression, as far as it can be told without running it."""

from __future__ import annotations

import re

from pycparser import c_ast

from sslrefs.cscript.names import CONSTANTS
from sslrefs.cscript.types import UNKNOWN, is_pointer, starred, type_text
from sslrefs.cscript.typetable import TypeTable
from sslrefs.model.calls import CALLS, call_named

__all__ = ["type_of_expression"]


def type_of_expression(
    node: c_ast.Node, variables: dict[str, str], table: TypeTable | None = None
) -> str:
    """The type of an expression, or UNKNOWN; `variables` has the types in scope."""
    match node:
        case c_ast.ID(name=name):
            if name == "NULL":
                return "NULL"
            if name in CONSTANTS:
                return "int"
            return variables.get(name, "function" if name in CALLS else UNKNOWN)
        case c_ast.Constant(type=kind):
            return {"string": "char *"}.get(kind, "NULL" if node.value == "0" else "int")
        case c_ast.Cast(to_type=to):
            found = type_text(to)
            return table.resolved(found) if table is not None else found
        case c_ast.FuncCall(name=c_ast.ID(name=name)):
            row = call_named(name)
            if row is None:
                return UNKNOWN
            if row.type == "void":
                return "void"
            return row.type.replace("const ", "") if "*" in row.type else "int"
        case c_ast.UnaryOp(op="&", expr=inner):
            found = type_of_expression(inner, variables, table)
            return starred(found, "*") if found not in (UNKNOWN, "function") else found
        case c_ast.UnaryOp(op="*", expr=inner):
            found = type_of_expression(inner, variables, table)
            return found[:-1].rstrip() if found.endswith("*") else UNKNOWN
        case c_ast.StructRef(name=inner, field=field) if table is not None:
            return table.member(type_of_expression(inner, variables, table), field.name)
        case c_ast.ArrayRef(name=inner):
            found = type_of_expression(inner, variables, table)
            return re.sub(r" ?(\[\]|\*)$", "", found) if is_pointer(found) else UNKNOWN
        case c_ast.Assignment(lvalue=left):
            return type_of_expression(left, variables, table)
        case c_ast.BinaryOp(op="+" | "-" as op, left=left, right=right):
            sides = [type_of_expression(side, variables, table) for side in (left, right)]
            pointers = [side for side in sides if is_pointer(side)]
            if UNKNOWN in sides:
                return UNKNOWN
            is_pointed = len(pointers) == 1 or (pointers and op == "+")
            return re.sub(r" ?\[\]$", " *", pointers[0]) if is_pointed else "int"
        case c_ast.UnaryOp(op="++" | "--" | "p++" | "p--", expr=inner):
            return type_of_expression(inner, variables, table) or "int"
        case c_ast.BinaryOp() | c_ast.UnaryOp():
            return "int"
        case c_ast.CompoundLiteral(type=inner):
            found = type_text(inner)
            return table.resolved(found) if table is not None else found
        case c_ast.ExprList(exprs=[*_, last]):
            return type_of_expression(last, variables, table)
    return UNKNOWN
