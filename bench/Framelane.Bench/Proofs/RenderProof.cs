using System.Diagnostics;
using System.Net;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Infrastructure.Tests.Postgres;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Tries to lose a render, to make one twice, and to leave something behind: workers are killed at random moments while they render, on
/// SQLite in one process and on PostgreSQL in three.
/// </summary>
sealed class RenderProof(string database, int renders, int kills, int stops, int seed)
{
    const string Both = "both", Sqlite = "sqlite", Postgres = "postgres";

    static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Random random = new(seed);

    public static async Task<int> RunAsync(Arguments args)
    {
        var database = args.Text("database", Both);
        if (database is not (Both or Sqlite or Postgres))
            throw new UsageException($"--database is {Sqlite}, {Postgres} or {Both}.");
        var proof = new RenderProof(
            database,
            args.Number("renders", 20, 1, 1000),
            args.Number("kills", 12, 1, 1000),
            args.Number("stops", 2, 0, 100),
            args.Number("seed", Random.Shared.Next(1_000_000), 0));
        args.Done();
        return await proof.RunAsync();
    }

    async Task<int> RunAsync()
    {
        Report.Say($"{renders} renders, {kills} kills, {stops} stops, seed {seed}");
        using var folder = new TemporaryFolder();
        await using var clips = await Clips.ServeAsync(folder.Sub("clips"));
        var findings = new Findings();
        var sqlite = database == Postgres ? null : await RunAsync(1, 2, Place.Embedded(folder.Sub(Sqlite)), Stored.Open, clips, findings);
        var postgres = database == Sqlite ? null : await RunOnPostgresAsync(folder.Sub(Postgres), clips, findings);
        findings.Summarise();
        Report.Result(new { violations = findings.Count, sqlite, postgres, seed });
        return findings.Count == 0 ? 0 : 1;
    }

    async Task<object> RunOnPostgresAsync(string folder, Clips clips, Findings findings)
    {
        var server = PostgresServer.Start();
        server.Create("framelane");
        var connection = server.ConnectionString("framelane");
        return await RunAsync(3, 1, Place.Postgres(folder, connection), _ => Stored.OpenPostgres(connection), clips, findings);
    }

    async Task<object> RunAsync(int workers, int jobsAtOnce, Place place, Func<string, Stored> open, Clips clips, Findings findings)
    {
        var settings = place.With("Framelane:Media:JobLease", $"{Lease}").With("Framelane:Media:MaxConcurrentJobs", $"{jobsAtOnce}").Settings;
        await using var cluster = new Cluster(workers, place.Folder, random.Next(), _ => Settings.ForEnvironment(settings));
        await cluster.StartAsync();
        using var stored = open(place.Folder);
        var began = Stopwatch.GetTimestamp();
        List<string> asked = [];
        while (asked.Count < renders)
            asked.Add((await cluster.SendAsync(HttpMethod.Post, "/v1/renders", clips.Scene, Settings.ApiKey)).Expect(HttpStatusCode.Accepted).Text("id"));

        var faults = new WorkerFaults(cluster, stored, findings, Lease, random.Next());
        await faults.RunAsync(kills, stops);
        while (stored.Renders().Any(render => render.IsOpen) && Stopwatch.GetElapsedTime(began) < Patience)
            await Task.Delay(100);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        var outcome = new RenderOutcome(stored, place.Folder, asked, findings);
        outcome.OnceEach();
        outcome.OneFileEach();
        await outcome.NothingLeftAsync();
        if (outcome.TakenUpAgain == 0)
            findings.Add("nothing was proven", "no render was taken up again");
        foreach (var server in cluster.Servers)
            await server.StopAsync();
        return new
        {
            workers,
            renders,
            completed = outcome.Completed,
            runs = outcome.Runs,
            taken_up_again = outcome.TakenUpAgain,
            killed = faults.Killed,
            stopped = faults.Stopped,
            orphaned_programs = faults.Orphaned,
            seconds = Report.Rounded(seconds, 1),
        };
    }
}
