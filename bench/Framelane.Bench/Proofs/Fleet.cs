using System.Security.Cryptography;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Infrastructure.Tests.Backplane;
using Framelane.Infrastructure.Tests.Postgres;

namespace Framelane.Bench.Proofs;

/// <summary>Nodes over one PostgreSQL and one Redis, both this run's own, with a receiver. The wall clocks of two nodes are wrong.</summary>
sealed class Fleet : IAsyncDisposable
{
    const string Database = "framelane";

    static readonly TimeSpan WrongBy = TimeSpan.FromMinutes(10);

    readonly TemporaryFolder folder = new();
    readonly Dictionary<int, TimeSpan> wrongClocks = new() { [1] = WrongBy, [3] = -WrongBy };
    readonly string data;
    readonly WallClock clock = WallClock.Now();
    RecordingSink? sink;
    Cluster? cluster;

    Fleet()
    {
        data = folder.Sub("data");
        var masterKey = Path.Combine(folder.Path, "master.key");
        File.WriteAllText(masterKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(masterKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Settings =
        [
            new("Framelane:Database:Provider", "postgres"),
            new("Framelane:Database:ConnectionString", ConnectionString),
            new("Framelane:Redis:ConnectionString", Redis.ConnectionString),
            new("Framelane:Secrets:MasterKeyFile", masterKey),
        ];
    }

    public PostgresServer Postgres { get; } = PostgresServer.Start();

    public RedisServer Redis { get; } = new();

    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    public string DataPath => data;

    public RecordingSink Sink => sink!;

    public Cluster Cluster => cluster!;

    public List<Tenant> Tenants { get; private set; } = [];

    /// <summary>The receiver's certificate.</summary>
    string Trusted => Path.Combine(folder.Path, "receiver.pem");

    string ConnectionString => Postgres.ConnectionString(Database);

    public static Task<Fleet> StartAsync(int nodes, int workspaces, int webhooks, int seed, bool slowConnections = false) =>
        StartAsync(nodes, workspaces, [.. Enumerable.Repeat(webhooks, workspaces)], seed, slowConnections);

    /// <param name="webhooks">Of each workspace, how many.</param>
    /// <param name="slowConnections">Whether every other webhook's connections take their time to stand.</param>
    public static async Task<Fleet> StartAsync(int nodes, int workspaces, IReadOnlyList<int> webhooks, int seed, bool slowConnections = false)
    {
        // A node's clock is its database's, the reading taken to be from the middle of the call.
        ProofSettings.ClockError = TimeSpan.FromMilliseconds(20);
        var fleet = new Fleet();
        fleet.Postgres.Create(Database);
        fleet.sink = await RecordingSink.StartAsync(slowConnections ? pem => File.WriteAllText(fleet.Trusted, pem) : null);
        fleet.Tenants = await Tenant.CreateAsync(fleet.data, workspaces, fleet.Sink.UrlOf, fleet.Settings);
        fleet.cluster = new(nodes, fleet.data, seed, fleet.EnvironmentOf);
        await fleet.Cluster.StartAsync();
        await fleet.EnsureClocksAreWrongAsync();
        await Task.WhenAll(fleet.Tenants.Select(tenant => tenant.SetUpAsync(fleet.Cluster, webhooks[tenant.Number])));
        return fleet;
    }

    /// <param name="number">Differs between those of one run.</param>
    public Producer NewProducer(int rate, int number = 0, int events = 0, int atOnce = 1) => new(
        data, Path.Combine(folder.Path, $"notes-{number}"), rate, Sink.UrlOf(Tenant.JobPath), Settings, events, number, atOnce);

    public Stored OpenStored() => Stored.OpenPostgres(ConnectionString);

    /// <summary>All events and deliveries that there are, so many times more, inside the database; each copy with a job of its own.</summary>
    public void Multiply(int times)
    {
        Postgres.Execute(
            $"""
            INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', {Copy("e.id")}, 'job_id', {Copy("e.job_id")}))).*
            FROM events e, generate_series(1, {times - 1}) n;
            INSERT INTO deliveries SELECT (jsonb_populate_record(d, jsonb_build_object('id', {Copy("d.id")}, 'event_id', {Copy("d.event_id")},
                'job_id', {Copy("d.job_id")}, 'attempt_id', {Copy("d.attempt_id")}))).*
            FROM deliveries d, generate_series(1, {times - 1}) n;
            ANALYZE
            """,
            Database);

        static string Copy(string id) => $"overlay({id} placing lpad(n::text, 6, '0') from length({id}) - 11)";
    }

    public async Task StopAsync()
    {
        foreach (var server in Cluster.Servers)
            await server.StopAsync();
        clock.EnsureNotSet();
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        if (sink is not null)
            await sink.DisposeAsync();
        Redis.Dispose();
        folder.Dispose();
    }

    IEnumerable<KeyValuePair<string, string>> EnvironmentOf(int node)
    {
        foreach (var setting in Load.Settings.ForEnvironment(Settings))
            yield return setting;
        if (File.Exists(Trusted))
            yield return new("SSL_CERT_FILE", Trusted);
        if (!wrongClocks.TryGetValue(node, out var wrongBy))
            yield break;
        yield return new("LD_PRELOAD", FakeTime());
        yield return new("FAKETIME", $"{wrongBy.TotalSeconds:+0;-0}");

        // What is monotonic stays so, as where an administrator sets the clock.
        yield return new("DONT_FAKE_MONOTONIC", "1");
        yield return new("FAKETIME_DONT_FAKE_MONOTONIC", "1");

        // Else every wait of a thread with a time-out ends at once.
        yield return new("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    static string FakeTime() =>
        Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new UsageException("faketime is missing. bench/prove.sh installs it, and so does: apt-get install faketime");

    /// <summary>The date of an answer is the process's wall clock.</summary>
    async Task EnsureClocksAreWrongAsync()
    {
        foreach (var (server, node) in Cluster.Servers.Select((server, i) => (server, i)))
        {
            using var answer = await server.Http.GetAsync("/health");
            var expected = DateTimeOffset.UtcNow + wrongClocks.GetValueOrDefault(node);
            if (answer.Headers.Date is not { } date || (date - expected).Duration() > TimeSpan.FromSeconds(10))
                throw new InvalidOperationException($"{server.Name} reads {answer.Headers.Date:HH:mm:ss} from its clock and should read {expected:HH:mm:ss}.");
        }
    }
}
