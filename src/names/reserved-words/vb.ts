import { type WordList, words } from './word-list.js';

/**
 * Visual Basic .NET: `spec/lexical-grammar.md` of dotnet/vblang as of 2024-12-17, 152 words, and `NameOf`
 * of version 14, which the specification does not list. Read in the official specification. `NameOf` and
 * the soft words are from the compiler's `KeywordTable.vb` in dotnet/roslyn, without the words of
 * directives; the date of that file was not noted.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    AddHandler AddressOf Alias And AndAlso As Boolean ByRef Byte ByVal Call Case Catch CBool CByte CChar
    CDate CDbl CDec Char CInt Class CLng CObj Const Continue CSByte CShort CSng CStr CType CUInt CULng
    CUShort Date Decimal Declare Default Delegate Dim DirectCast Do Double Each Else ElseIf End EndIf Enum
    Erase Error Event Exit False Finally For Friend Function Get GetType GetXmlNamespace Global GoSub GoTo
    Handles If Implements Imports In Inherits Integer Interface Is IsNot Let Lib Like Long Loop Me Mod
    Module MustInherit MustOverride MyBase MyClass NameOf Namespace Narrowing New Next Not Nothing
    NotInheritable NotOverridable Object Of On Operator Option Optional Or OrElse Overloads Overridable
    Overrides ParamArray Partial Private Property Protected Public RaiseEvent ReadOnly ReDim REM
    RemoveHandler Resume Return SByte Select Set Shadows Shared Short Single Static Step Stop String
    Structure Sub SyncLock Then Throw To True Try TryCast TypeOf UInteger ULong UShort Using Variant Wend
    When While Widening With WithEvents WriteOnly Xor
  `),
  soft: words(`
    Aggregate All Ansi Ascending Assembly Async Auto Await Binary By Compare Custom Descending Distinct
    Equals Explicit From Group Infer Into IsFalse IsTrue Iterator Join Key Mid Off Order Out Preserve Skip
    Strict Take Text Type Unicode Until Where Yield
  `),
} satisfies WordList;
