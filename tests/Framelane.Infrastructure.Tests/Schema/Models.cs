using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Postgres;
using Framelane.Infrastructure.Persistence.Sqlite;
using Framelane.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>The model of each provider. None of it connects to anything.</summary>
static class Models
{
    public static SqlServerProvider SqlServerProvider { get; } = new("Server=localhost;Database=framelane;Integrated Security=true");

    public static FramelaneDbContext SqlServer() => Context(SqlServerProvider);

    public static FramelaneDbContext Postgres() => Context(new PostgresProvider("Host=localhost;Database=framelane"));

    public static FramelaneDbContext Sqlite() => Context(new SqliteProvider("Data Source=none.db", new(), TimeProvider.System));

    /// <summary>Tables, columns and indexes, a line each: what the two providers have in common.</summary>
    public static IReadOnlyList<string> Lines(FramelaneDbContext db)
    {
        var tables = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables;
        return
        [
            .. tables
                .SelectMany(table => table.Columns
                    .Select(column => $"{table.Name}.{column.Name} {(column.IsNullable ? "null" : "not null")}")
                    .Append($"{table.Name} key {Names(table.PrimaryKey!.Columns)}")
                    .Concat(table.Indexes.Select(index =>
                        $"{table.Name} index {index.Name} on {Names(index.Columns)} {(index.IsUnique ? "unique" : "")} {index.Filter}")))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static IEnumerable<string> Columns(FramelaneDbContext db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
        .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"));

    public static IEnumerable<string> Indexes(FramelaneDbContext db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
        .SelectMany(table => table.Indexes.Select(index => $"{table.Name}.{index.Name}({Names(index.Columns)})"));

    static string Names(IEnumerable<IColumn> columns) => string.Join(',', columns.Select(column => column.Name));

    static FramelaneDbContext Context(IDatabaseProvider provider)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        provider.Configure(options);
        return new(options.Options);
    }
}
