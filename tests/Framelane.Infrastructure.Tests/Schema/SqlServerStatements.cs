using System.Reflection;
using Framelane.Infrastructure.Persistence.SqlServer;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>Every statement that was written by hand for SQL Server, found by where such statements live.</summary>
static class SqlServerStatements
{
    public static IReadOnlyList<(string Name, string Sql)> All { get; } =
        [.. typeof(SqlServerSql).Assembly.GetTypes().SelectMany(Of)];

    public static IEnumerable<(string Name, string Sql)> Of(Type type) =>
        type.Namespace == typeof(SqlServerSql).Namespace && type.Name.EndsWith("Sql", StringComparison.Ordinal)
            ? type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => field.FieldType == typeof(string) && !field.IsPrivate)
                .Select(field => ($"{type.Name}.{field.Name}", (string)field.GetValue(null)!))
            : [];
}
