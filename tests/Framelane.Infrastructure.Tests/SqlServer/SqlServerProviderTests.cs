using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.SqlServer;

public sealed class SqlServerProviderTests
{
    TdsServer server = null!;

    [SetUp]
    public void Start() => server = new();

    [TearDown]
    public void Stop() => server?.Dispose();

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
    public async Task A_setup_whose_lock_died_with_its_connection_has_succeeded_all_the_same()
    {
        server.Answer = text => text.Contains("sp_getapplock", StringComparison.Ordinal) ? TdsServer.Row(0) : TdsServer.Done();
        var provider = new SqlServerProvider(server.ConnectionString);
        await using var db = Context(provider);
        var held = await provider.LockForSetupAsync(db, CancellationToken.None);
        server.Dispose();
        Assert.That(async () => await held.DisposeAsync(), Throws.Nothing);
    }

    [Test]
    public async Task A_name_that_somebody_has_locked_is_waited_for_and_then_an_outage()
    {
        server.Answer = text => text.Contains("sp_getapplock", StringComparison.Ordinal) ? TdsServer.Errors((51222, 16)) : TdsServer.Done();
        var provider = new SqlServerProvider(server.ConnectionString);
        await using var db = Context(provider);
        Func<Task>[] locks =
        [
            () => provider.LockIdempotencyKeyAsync(db, "scope", "key", CancellationToken.None),
            () => provider.LockSignupAsync(db, "a@example.com", CancellationToken.None),
        ];
        foreach (var each in locks)
            Assert.That(new Outages(provider).IsOutage((await Assert.ThrowsAsync<SqlException>(each))!));
    }

    [Test]
    public async Task Many_ids_are_asked_for_in_parts_for_as_JSON_they_would_not_compare()
    {
        string? asked = null;
        server.Answer = text =>
        {
            asked = text;
            return TdsServer.Errors((207, 16));
        };
        var provider = new SqlServerProvider(server.ConnectionString);
        await using var db = Context(provider);
        var now = DateTimeOffset.UnixEpoch;
        AssetId[] ids = [.. Enumerable.Range(0, 2200).Select(_ => AssetId.New(now))];
        await Assert.ThrowsAsync<SqlException>(() => provider.LockAssetsAsync(db, WorkspaceId.New(now), ids, CancellationToken.None));
        Assert.That(asked, Does.Contain("UPDLOCK").And.Not.Contains("OPENJSON"));
        Assert.That(db.Assets.Where(asset => ids.Contains(asset.Id)).ToQueryString(), Does.Contain("OPENJSON"));
    }

    static FramelaneDbContext Context(SqlServerProvider provider)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        provider.Configure(options);
        return new(options.Options);
    }
}
