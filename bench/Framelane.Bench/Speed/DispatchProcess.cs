using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Speed;

/// <summary>
/// The process <c>dispatch</c>: for each line, a folder with a backlog, it runs the product's dispatcher until all of it is recorded, and
/// says what that took.
/// </summary>
static class DispatchProcess
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var (count, concurrency) = (args.Number("count", 100_000), args.Number("concurrency", 64));
        args.Done();
        while (await Console.In.ReadLineAsync() is { } folder)
            Console.WriteLine(JsonSerializer.Serialize(await DispatchAsync(folder, count, concurrency)));
        return 0;
    }

    static async Task<DispatchRun> DispatchAsync(string folder, int count, int concurrency)
    {
        TimedStore? store = null;
        using var host = await Composition.BuildAsync(
            folder,
            [new("Framelane:Webhooks:MaxConcurrency", $"{concurrency}")],
            services =>
            {
                var own = services.Single(service => service.ServiceType == typeof(IDispatchStore));
                services.Remove(own);
                services.AddSingleton<IDispatchStore>(provider => store = new((IDispatchStore)own.ImplementationFactory!(provider), count));
            });
        var before = Environment.CpuUsage.TotalTime;
        await host.StartAsync();
        var took = await store!.Done.WaitAsync(TimeSpan.FromMinutes(5));
        var cpu = Environment.CpuUsage.TotalTime - before;
        await host.StopAsync();
        var (attempts, succeeded) = Count((SqliteProvider)host.Services.GetRequiredService<IDatabaseProvider>());
        return new(
            count / took.TotalSeconds,
            attempts,
            succeeded,
            cpu / took,
            store.Looking / took,
            store.Claiming / took,
            store.Recording / took,
            store.Claims,
            store.Records);
    }

    static (long Attempts, long Succeeded) Count(SqliteProvider provider)
    {
        using var connection = new SqliteConnections(provider).Open();
        var counts = (
            CountOf(connection, "SELECT count(*) FROM attempts WHERE status = 1"),
            CountOf(connection, "SELECT count(*) FROM deliveries WHERE state = 1"));
        SqliteConnection.ClearAllPools();
        return counts;
    }

    static long CountOf(SqliteConnection connection, string sql)
    {
        using var count = new SqliteStatement(connection, sql);
        count.Read();
        return count.Number(0);
    }
}

/// <param name="Rate">Deliveries a second.</param>
/// <param name="Attempts">Recorded as succeeded.</param>
/// <param name="Succeeded">Deliveries that are done.</param>
/// <param name="Cores">Busy in this process, in the mean.</param>
/// <param name="Looking">Share of the time in which it looked for lanes with work.</param>
/// <param name="Claiming">Share of the time in which it claimed, waiting for the writer's turn included.</param>
/// <param name="Recording">Share of the time in which it recorded, waiting included.</param>
sealed record DispatchRun(
    double Rate,
    long Attempts,
    long Succeeded,
    double Cores,
    double Looking,
    double Claiming,
    double Recording,
    int Claims,
    int Records);
