using System.Globalization;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Bench.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Bench.Load;

/// <summary>
/// The process <c>producer</c>: stands in for a worker. It commits changes together with the events that tell of them, through the
/// product's own unit of work and outbox, and notes each in a file of its own once it is committed. It is no node and sends nothing.
/// </summary>
static class ProducerProcess
{
    public const int EventsPerJob = 4;

    /// <summary>Every so many jobs one has a target of its own.</summary>
    const int OwnTarget = 5;

    static readonly string[] Stages = ["render.queued", "render.processing", "render.progress", "render.completed"];

    public static async Task<int> RunAsync(Arguments args)
    {
        var (folder, notes) = (args.Text("data"), args.Text("notes"));
        var (rate, run, bytes) = (args.Number("rate", 50), args.Number("run", 0, 0), args.Number("bytes", 1024));
        var ownUrl = args.Text("job-url", "");
        var events = args.Number("events", 0, 0);
        var atOnce = args.Number("at-once", 1);
        args.Done();

        var settings = SettingsOfEnvironment();
        using var host = await Composition.BuildAsync(folder, settings);
        var outages = host.Services.GetRequiredService<IOutages>();
        var workspaces = await WorkspacesAsync(host.Services);
        await using var notebook = new FileStream(notes, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var stop = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            await Console.In.ReadLineAsync();
            await stop.CancelAsync();
        });

        var committed = 0;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(ProduceAsync));
        return 0;

        async Task ProduceAsync(int first)
        {
            using var beat = new PeriodicTimer(TimeSpan.FromSeconds((double)atOnce / rate));
            for (var job = first; !stop.IsCancellationRequested; job += atOnce)
            {
                var jobId = $"render_{run:D13}{job:D13}";
                for (var sequence = 1; sequence <= EventsPerJob; sequence++)
                {
                    await beat.WaitForNextTickAsync();
                    var happened = new NewEvent(
                        workspaces[(run + job) % workspaces.Length],
                        Stages[sequence - 1],
                        jobId,
                        sequence,
                        Bodies.Job(jobId, Math.Max(0, bytes - 320)),
                        new Dictionary<string, string>(),
                        ownUrl.Length > 0 && job % OwnTarget == 0 ? ownUrl : null);
                    try
                    {
                        await CommitAsync(host.Services, happened);
                    }
                    catch (Exception failure) when (settings.Count > 0 && outages.IsOutage(failure))
                    {
                        // Its database is away. Whether this was committed is not known, so nobody notes it.
                        await Task.Delay(100);
                        continue;
                    }

                    lock (notebook)
                        notebook.Write(Encoding.ASCII.GetBytes($"{NameOf(jobId, sequence)}\n"));
                    if (Interlocked.Increment(ref committed) == events)
                        await stop.CancelAsync();
                }
            }
        }
    }

    /// <summary>How notes and the workspace's name call an event.</summary>
    public static string NameOf(string jobId, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{jobId}:{sequence}");

    /// <summary>Those of a database that is no file in the folder.</summary>
    static List<KeyValuePair<string, string>> SettingsOfEnvironment() =>
    [
        .. new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("Framelane").AsEnumerable()
            .Where(pair => pair.Value is not null)
            .Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value!)),
    ];

    /// <summary>One transaction: its workspace is renamed to the event, and the event is written.</summary>
    public static async Task CommitAsync(IServiceProvider services, NewEvent happened)
    {
        await using var scope = services.CreateAsyncScope();
        var workspaces = scope.ServiceProvider.GetRequiredService<IWorkspaceRepository>();
        var outbox = scope.ServiceProvider.GetRequiredService<IEventOutbox>();
        var result = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            async token =>
            {
                var workspace = await workspaces.GetForUpdateAsync(happened.WorkspaceId, token);
                workspace.Rename(NameOf(happened.JobId!, happened.Sequence));
                await outbox.AppendAsync(happened, token);
                return true;
            },
            CancellationToken.None);
        if (!result.IsSuccess)
            throw new InvalidOperationException("A change was refused.");
    }

    static async Task<WorkspaceId[]> WorkspacesAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<FramelaneDbContext>>().CreateDbContextAsync();
        return await db.Workspaces.OrderBy(workspace => workspace.Id).Select(workspace => workspace.Id).ToArrayAsync();
    }
}
