using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Framelane.Bench.Speed;

/// <summary>
/// The process <c>dispatch</c>: for each line, a place with a backlog, it runs the product's dispatcher until all of it is recorded, and
/// says what that took.
/// </summary>
static class DispatchProcess
{
    public static async Task<int> RunAsync(Arguments args)
    {
        var (count, concurrency) = (args.Number("count", 100_000), args.Number("concurrency", 64));
        args.Done();
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(JsonSerializer.Serialize(await DispatchAsync(Place.Parse(line), count, concurrency)));
        return 0;
    }

    static async Task<DispatchRun> DispatchAsync(Place place, int count, int concurrency)
    {
        TimedStore? store = null;
        using var host = await Composition.BuildAsync(
            place,
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
        var (attempts, succeeded) = await CountAsync(host.Services);
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

    static async Task<(long Attempts, long Succeeded)> CountAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<FramelaneDbContext>>().CreateDbContextAsync();
        var counts = (
            await db.Attempts.LongCountAsync(attempt => attempt.Status == AttemptStatus.Succeeded),
            await db.Deliveries.LongCountAsync(delivery => delivery.State == DeliveryState.Succeeded));
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        return counts;
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
