using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Schema;

/// <summary>Starts on a SQLite file in whatever state an earlier start has left it.</summary>
public sealed class StartTests
{
    SqliteDatabase database = null!;

    [SetUp]
    public void Prepare() => database = new();

    [TearDown]
    public void Clean() => database.Dispose();

    [Test]
    public async Task An_empty_folder_becomes_a_database_with_one_workspace_and_its_key() => await StartAsync();

    [Test]
    public async Task A_database_that_is_up_to_date_is_left_as_it_is()
    {
        var first = await StartAsync();
        Assert.That(await StartAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task Many_processes_that_start_at_once_make_one_workspace_and_one_key()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(StartAsync)));
        await StartAsync();
    }

    [Test]
    public async Task A_migration_lock_that_a_killed_process_left_holds_nobody_up()
    {
        await StartAsync();
        await using (var host = new TestHost(database))
        await using (var db = host.NewContext())
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL)");
            await db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01 00:00:00+00:00')");
        }

        await StartAsync();
    }

    // EF's lock is taken and committed; in the midst of its transaction; at that transaction's end; then the keys, and the first workspace.
    [TestCase("INSERT OR IGNORE INTO \"__EFMigrationsLock\"")]
    [TestCase("CREATE TABLE \"deliveries\"")]
    [TestCase("INSERT INTO \"__EFMigrationsHistory\"")]
    [TestCase("DELETE FROM \"__EFMigrationsLock\"")]
    [TestCase("INSERT INTO \"data_protection_keys\"")]
    [TestCase("INSERT INTO \"workspaces\"")]
    public async Task A_start_that_was_killed_is_finished_by_the_next(string statement)
    {
        await KilledStart.KillAtAsync(database.Folder, statement);
        await StartAsync();
    }

    [Test]
    public async Task A_start_that_was_killed_again_and_again_is_finished_in_the_end()
    {
        foreach (var statement in (string[])["CREATE TABLE \"api_keys\"", "CREATE INDEX \"ix_mails_claim\"", "INSERT INTO \"workspaces\""])
            await KilledStart.KillAtAsync(database.Folder, statement);
        await StartAsync();
    }

    [Test]
    public async Task A_start_waits_while_another_process_prepares_the_database_and_goes_on_when_that_one_dies()
    {
        Task start;
        var clock = new AwaitedClock();
        await using var host = new TestHost(database, clock);
        await using (await KilledStart.HaltAtAsync(database.Folder, "INSERT OR IGNORE INTO \"__EFMigrationsLock\""))
        {
            start = host.InitializeAsync();
            Assert.That(await Task.WhenAny(start, clock.IsAwaited).InTimeAsync(), Is.Not.SameAs(start), "It did not wait.");
        }

        await start.InTimeAsync();
        await StartAsync();
    }

    [Test]
    public async Task A_database_whose_workspaces_are_all_erased_gets_another_first_key()
    {
        await StartAsync();
        var file = Path.Combine(database.Folder, "api-key");
        var former = await File.ReadAllTextAsync(file);
        await using (var host = new TestHost(database))
        await using (var db = host.NewContext())
        {
            await db.ApiKeys.ExecuteDeleteAsync();
            await db.Workspaces.ExecuteDeleteAsync();
        }

        await StartAsync();
        Assert.That(await File.ReadAllTextAsync(file), Is.Not.EqualTo(former));
    }

    [Test]
    public async Task A_configured_key_does_not_become_live_again_where_the_workspaces_are_all_erased()
    {
        var secret = ApiKeySecret.Generate();
        (string, string?) setting = ("Framelane:Bootstrap:ApiKey", secret.Reveal());
        await using (var host = new TestHost(database, settings: setting))
        {
            await host.InitializeAsync().InTimeAsync();
            await using var db = host.NewContext();
            Assert.That(await db.Workspaces.CountAsync(), Is.EqualTo(1));
            await db.ApiKeys.ExecuteDeleteAsync();
            await db.Workspaces.ExecuteDeleteAsync();
        }

        await using var later = new TestHost(database, settings: setting);
        await later.InitializeAsync().InTimeAsync();
        await later.RegisterAsync();
        Assert.That(await later.Get<IApiKeyAuthenticator>().AuthenticateAsync(secret, CancellationToken.None), Is.Null);
        Assert.That(await later.ReadAsync(db => db.Workspaces.CountAsync()), Is.Zero);
        Assert.That(later.Log.Lines, Has.One.Matches("^Warning: .*Framelane:Bootstrap:ApiKey.*admin workspace create").And.None.Contains(secret.Reveal()));
    }

    /// <summary>Starts, and sees that the database is whole: all migrations, a key ring that works, one workspace, and the key in the file opens it.</summary>
    async Task<string> StartAsync()
    {
        await using var host = new TestHost(database);
        await host.InitializeAsync().InTimeAsync();
        await host.RegisterAsync();
        await using var db = host.NewContext();
        var workspace = await db.Workspaces.SingleAsync();
        var key = ApiKeySecret.TryParse((await File.ReadAllTextAsync(Path.Combine(database.Folder, "api-key"))).Trim())!;
        var known = await host.Get<IApiKeyAuthenticator>().AuthenticateAsync(key, CancellationToken.None);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await db.Database.GetPendingMigrationsAsync(), Is.Empty);
            Assert.That(known?.WorkspaceId, Is.EqualTo(workspace.Id));
            Assert.That(() => host.Get<ISecretProtector>().Open(workspace.Id, workspace.CurrentSecret), Throws.Nothing);
            Assert.That(await db.ApiKeys.CountAsync(), Is.EqualTo(1));
            Assert.That(await db.DataProtectionKeys.CountAsync(), Is.EqualTo(1));
        });
        return $"{workspace.Id} {known?.KeyId}";
    }

    /// <summary>Tells that somebody waits by it.</summary>
    sealed class AwaitedClock : TimeProvider
    {
        readonly TaskCompletionSource awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAwaited => awaited.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            awaited.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
