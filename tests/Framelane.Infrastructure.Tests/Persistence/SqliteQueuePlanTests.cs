using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Tests.Persistence;

public sealed class SqliteQueuePlanTests : StorageTests<SqliteDatabase>
{
    [Test]
    public async Task Queues_are_looked_at_by_their_indexes()
    {
        await using var connection = new SqliteConnection($"Data Source={Database.File}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + SqliteSql.Queues.Replace("{0}", "1", StringComparison.Ordinal);
        await using var rows = await command.ExecuteReaderAsync();
        List<string> walks = [];
        while (await rows.ReadAsync())
            walks.Add(rows.GetString(3));

        var tables = walks.Where(walk => walk.Contains(" deliveries ", StringComparison.Ordinal) || walk.Contains(" d ", StringComparison.Ordinal)
            || walk.Contains(" jobs ", StringComparison.Ordinal) || walk.Contains(" assets ", StringComparison.Ordinal) || walk.Contains(" mails ", StringComparison.Ordinal) || walk.Contains(" me", StringComparison.Ordinal)).ToList();
        Assert.That(tables, Has.Count.GreaterThan(3).And.All.Contains("INDEX ix_"), string.Join('\n', walks));
        Assert.That(tables.Where(walk => !walk.Contains("COVERING", StringComparison.Ordinal)), Has.Exactly(3).Items, "the rows of those that wait at the head of a lane, and of jobs and assets that are due");
    }
}
