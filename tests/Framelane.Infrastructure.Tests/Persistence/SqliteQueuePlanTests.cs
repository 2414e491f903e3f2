using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;

namespace Framelane.Infrastructure.Tests.Persistence;

public sealed class SqliteQueuePlanTests : StorageTests<SqliteDatabase>
{
    [Test]
    public async Task Queues_are_looked_at_in_their_indexes_alone()
    {
        await using var connection = new SqliteConnection($"Data Source={Database.File}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + SqliteSql.Queues.Replace("{0}", "1", StringComparison.Ordinal);
        await using var rows = await command.ExecuteReaderAsync();
        List<string> walks = [];
        while (await rows.ReadAsync())
            walks.Add(rows.GetString(3));

        Assert.That(walks.Where(walk => walk.StartsWith("SCAN ", StringComparison.Ordinal) || walk.StartsWith("SEARCH ", StringComparison.Ordinal)), Has.Exactly(2).Items.And.All.Contains("COVERING INDEX"));
    }
}
