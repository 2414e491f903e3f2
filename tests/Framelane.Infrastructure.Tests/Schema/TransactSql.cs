using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>T-SQL as SQL Server's own parser reads it.</summary>
sealed class TransactSql : TSqlFragmentVisitor
{
    readonly List<string> errors = [];

    TransactSql(string sql) => Read(sql);

    public IReadOnlyList<string> Errors => errors;

    public List<string> Columns { get; } = [];

    public List<string> Indexes { get; } = [];

    /// <summary>What the text names as a column, with or without its table.</summary>
    public List<string> References { get; } = [];

    /// <summary>Names that the text itself gives: of table variables and of what comes out of JSON or a select.</summary>
    public HashSet<string> Given { get; } = [];

    public List<TableUse> Tables { get; } = [];

    /// <summary>Tables whose lock escalation the text ends.</summary>
    public List<string> LockedByRow { get; } = [];

    public static TransactSql Parse(string sql) => new(sql);

    public override void Visit(CreateTableStatement node)
    {
        foreach (var column in node.Definition.ColumnDefinitions)
            Columns.Add($"{node.SchemaObjectName.BaseIdentifier.Value}.{column.ColumnIdentifier.Value}");
    }

    public override void Visit(CreateIndexStatement node) => Indexes.Add(
        $"{node.OnName.BaseIdentifier.Value}.{node.Name.Value}({string.Join(',', node.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value))})");

    public override void Visit(ColumnReferenceExpression node)
    {
        if (node.MultiPartIdentifier is { } name)
            References.Add(name.Identifiers[^1].Value);
    }

    public override void Visit(AlterTableSetStatement node)
    {
        if (node.Options.OfType<LockEscalationTableOption>().Any(option => option.Value == LockEscalationMethod.Disable))
            LockedByRow.Add(node.SchemaObjectName.BaseIdentifier.Value);
    }

    public override void Visit(NamedTableReference node) => Tables.Add(new(
        node.SchemaObject.BaseIdentifier.Value,
        node.Alias?.Value,
        [.. node.TableHints.Select(hint => hint is IndexTableHint index ? $"INDEX({index.IndexValues.Single().Value})" : hint.HintKind.ToString().ToUpperInvariant())]));

    public override void Visit(DeclareTableVariableBody node) => Given.UnionWith(node.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value));

    public override void Visit(SchemaDeclarationItem node) => Given.Add(node.ColumnDefinition.ColumnIdentifier.Value);

    /// <remarks>EF wraps some statements of a script as text.</remarks>
    public override void Visit(ExecutableStringList node)
    {
        foreach (var text in node.Strings.OfType<StringLiteral>())
            Read(text.Value);
    }

    void Read(string sql)
    {
        using var reader = new StringReader(sql);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var found);
        errors.AddRange(found.Select(error => $"{error.Line}:{error.Column} {error.Message}"));
        fragment?.Accept(this);
    }
}

/// <summary>A table where a statement names it.</summary>
sealed record TableUse(string Name, string? Alias, IReadOnlyList<string> Hints);
