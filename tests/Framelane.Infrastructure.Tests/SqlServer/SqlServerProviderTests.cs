using System.Data;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.SqlServer;
using Framelane.Infrastructure.Tests.Schema;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.SqlServer;

public sealed class SqlServerProviderTests
{
    TdsServer server = null!;

    [SetUp]
    public void Start() => server = new();

    [TearDown]
    public void Stop() => server.Dispose();

    [TestCase(1, 0, 160)]
    [TestCase(1, 1, 130)]
    public void A_database_that_it_can_work_with_is_taken(int snapshot, int durability, int level) =>
        Assert.That(SqlServerDatabaseOptions.FaultOf(snapshot, durability, level), Is.Null);

    [TestCase(0, 0, 160, "READ_COMMITTED_SNAPSHOT ON")]
    [TestCase(1, 2, 160, "DELAYED_DURABILITY = DISABLED")]
    [TestCase(1, 0, 120, "COMPATIBILITY_LEVEL = 130")]
    public void One_that_it_cannot_is_refused_with_the_statement_that_mends_it(int snapshot, int durability, int level, string remedy)
    {
        var fault = SqlServerDatabaseOptions.FaultOf(snapshot, durability, level)!;
        Assert.That(fault, Does.Contain(remedy));
        Assert.That(TransactSql.Parse(fault[fault.IndexOf("ALTER", StringComparison.Ordinal)..]).Errors, Is.Empty);
    }

    [Test]
    public async Task The_start_is_refused_on_it()
    {
        var options = (Snapshot: 0, Durability: 0, Level: 160);
        server.Answer = text => text.Contains("sys.databases", StringComparison.Ordinal)
            ? TdsServer.Row(options.Snapshot, options.Durability, options.Level)
            : TdsServer.Done();
        var provider = new SqlServerProvider(server.ConnectionString);
        await using var db = Context(provider);
        Assert.That(() => provider.PrepareMigrationAsync(db, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("READ_COMMITTED_SNAPSHOT"));
        options.Snapshot = 1;
        await provider.PrepareMigrationAsync(db, CancellationToken.None);
    }

    [Test]
    public async Task A_statement_that_is_cancelled_says_so()
    {
        server.Answer = _ => null;
        await using var db = Context(new(server.ConnectionString));
        Func<CancellationToken, Task>[] statements =
        [
            token => db.Database.ExecuteSqlRawAsync("DELETE FROM mails", token),
            token => db.Database.SqlQueryRaw<int>("SELECT 1 AS Value").ToListAsync(token),
        ];
        foreach (var statement in statements)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            Assert.That(() => statement(stop.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(db.Database.GetDbConnection().State, Is.EqualTo(ConnectionState.Closed));
        }
    }

    static FramelaneDbContext Context(SqlServerProvider provider)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        provider.Configure(options);
        return new(options.Options);
    }
}
