using System.Net.Sockets;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Postgres;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Framelane.Infrastructure.Tests.Postgres;

public sealed class PostgresProviderTests
{
    const string Server = "Host=db;Database=framelane";

    /// <summary>Processes that wait for a lock of their own making.</summary>
    const string Waiting = """
        SELECT count(*)::int AS "Value" FROM pg_locks
        WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    const string Tables = """SELECT count(*)::int AS "Value" FROM pg_tables WHERE schemaname = 'public'""";

    const string EndThoseWhoPrepare = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'framelane-setup' AND wait_event_type = 'Client'
        """;

    readonly Outages outages = new(new PostgresProvider(Server));

    [TestCase("08006")]
    [TestCase("53100")]
    [TestCase("53300")]
    [TestCase("57P01")]
    [TestCase("57P02")]
    [TestCase("57P03")]
    [TestCase("40001")]
    [TestCase("40P01")]
    [TestCase("55P03")]
    [TestCase("57014")]
    [TestCase("25006")]
    [TestCase("28P01")]
    [TestCase("3D000")]
    public void What_the_server_cannot_do_at_the_moment_is_an_outage(string state) =>
        Assert.That(outages.IsOutage(new DbUpdateException("wrapped by EF", Failure(state))));

    [TestCase("23505")]
    [TestCase("42703")]
    [TestCase("22021")]
    public void What_it_refuses_for_good_is_a_bug(string state) =>
        Assert.That(outages.IsOutage(new DbUpdateException("wrapped by EF", Failure(state))), Is.False);

    [Test]
    public void A_server_that_is_not_there_is_an_outage() => Assert.Multiple(() =>
    {
        Assert.That(outages.IsOutage(new NpgsqlException("gone", new SocketException())));
        Assert.That(outages.IsOutage(new NpgsqlException("gone", new EndOfStreamException())));
        Assert.That(outages.IsOutage(new NpgsqlException("a wrong use")), Is.False);
    });

    [TestCase("Host=db", "names a host and a database")]
    [TestCase("Database=framelane", "names a host and a database")]
    [TestCase("Host=one,two;Database=framelane", "names several hosts, and then says 'Target Session Attributes=primary' too")]
    [TestCase("Host=one,two;Database=framelane;Target Session Attributes=any", "names several hosts, and then says 'Target Session Attributes=primary' too")]
    [TestCase("Host=one,two;Database=framelane;Target Session Attributes=primary", null)]
    [TestCase("Server=db;Colour=blue", "is not a connection string of that provider")]
    [TestCase(Server, null)]
    public void A_connection_string_leads_to_one_primary(string connectionString, string? fault) =>
        Assert.That(new PostgresEngine().FaultOf(connectionString), Is.EqualTo(fault));

    [Test]
    public void What_the_operator_says_counts()
    {
        var ours = new NpgsqlConnectionStringBuilder(PostgresSettings.Of(Server));
        var theirs = new NpgsqlConnectionStringBuilder(PostgresSettings.Of(Server + ";MaxPoolSize=7;Max Auto Prepare=0;Options=-c lock_timeout=5s"));
        Assert.Multiple(() =>
        {
            Assert.That((ours.MaxPoolSize, ours.MaxAutoPrepare), Is.EqualTo((30, 100)));
            Assert.That((theirs.MaxPoolSize, theirs.MaxAutoPrepare), Is.EqualTo((7, 0)));
            Assert.That(theirs.Options, Does.StartWith(ours.Options!).And.EndWith("-c lock_timeout=5s"));
        });
    }

    [Test]
    public async Task A_server_that_confirms_before_it_writes_is_refused()
    {
        using var database = new PostgresDatabase();
        await using var host = new TestHost(
            database,
            settings: ("Framelane:Database:ConnectionString", database.ConnectionString + ";Options=-c synchronous_commit=off"));
        Assert.That(host.InitializeAsync, Throws.InvalidOperationException.With.Message.Contains("synchronous_commit is off"));
    }

    [Test]
    public async Task Many_processes_that_start_at_once_on_nothing_make_one_database_with_one_workspace()
    {
        using var database = new AbsentPostgresDatabase();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(async () =>
        {
            await using var host = new TestHost(database, settings: ("Framelane:DataPath", Path.Combine(database.Folder, $"node{i}")));
            await host.InitializeAsync();
        })));
        await using var host = new TestHost(database);
        await using var db = host.NewContext();
        Assert.That(await db.Workspaces.CountAsync(), Is.EqualTo(1));
        Assert.That(await db.ApiKeys.CountAsync(), Is.EqualTo(1));
        Assert.That(await db.DataProtectionKeys.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_start_waits_while_another_process_prepares_the_database_and_goes_on_when_that_one_dies()
    {
        using var database = new AbsentPostgresDatabase();
        await using var host = new TestHost(database);
        await using var db = host.NewContext();
        await using var other = await host.Get<IDatabaseProvider>().LockForSetupAsync(db, CancellationToken.None);
        var start = host.InitializeAsync();
        await Eventually.HoldsAsync(async () => start.IsCompleted || await CountAsync(Waiting) > 0);
        Assert.That(start.IsCompleted, Is.False, "It did not wait.");
        Assert.That(await CountAsync(Tables), Is.Zero);

        PostgresServer.Shared.Execute(EndThoseWhoPrepare, new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!);
        await start.InTimeAsync();
        Assert.That(await db.Workspaces.CountAsync(), Is.EqualTo(1));

        Task<int> CountAsync(string query) => host.ReadAsync(reader => reader.Database.SqlQueryRaw<int>(query).SingleAsync());
    }

    [Test]
    public async Task A_connection_that_breaks_is_replaced_and_the_work_repeated()
    {
        using var database = new PostgresDatabase();
        await using var host = new TestHost(database);
        await host.InitializeAsync();
        var tries = 0;
        var result = await host.WriteAsync<int>(async (services, token) =>
        {
            await services.GetWorkspaceAsync(token);
            if (++tries == 1)
                PostgresServer.Shared.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'framelane' AND state <> 'idle'");
            await services.GetWorkspaceAsync(token);
            return 1;
        });
        Assert.That((result.Value, tries), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_connection_that_breaks_at_the_commit_leaves_it_uncertain_and_nothing_is_repeated()
    {
        using var database = new PostgresDatabase();
        await using var host = new TestHost(database);
        await host.InitializeAsync();
        var tries = 0;
        var work = host.WriteAsync<int>(async (services, token) =>
        {
            tries++;
            await services.GetWorkspaceAsync(token);
            PostgresServer.Shared.Execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'framelane' AND state <> 'idle'");
            return 1;
        });
        Assert.That(async () => await work, Throws.InstanceOf<CommitUncertainException>());
        Assert.That(tries, Is.EqualTo(1));
    }

    static PostgresException Failure(string state) => new("", "ERROR", "ERROR", state);
}

static class WorkspaceReads
{
    public static Task<int> GetWorkspaceAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        ((FramelaneDbContext)services.GetService(typeof(FramelaneDbContext))!).Workspaces.CountAsync(cancellationToken);
}
