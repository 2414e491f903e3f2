using Framelane.Application.Abstractions;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Moq;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>Workers that run, on a real clock, with work that the test scripts.</summary>
public sealed class JobWorkerTests
{
    static readonly JobResult Result = new(new("key", "video.mp4", "video/mp4", 16, 16, 1, 10), []);

    readonly SqliteDatabase database = new();

    readonly ScriptedRunner runner = new();

    readonly Dictionary<string, string> limits = [];

    TestHost host = null!;

    WorkspaceId workspaceId;

    [SetUp]
    public async Task StartAsync()
    {
        host = NewHost();
        await host.InitializeAsync();
        workspaceId = await host.ReadAsync(db => db.Workspaces.Select(workspace => workspace.Id).SingleAsync());
    }

    [TearDown]
    public async Task StopAsync()
    {
        await host.DisposeAsync();
        database.Dispose();
    }

    [Test]
    public async Task Work_that_is_done_completes_its_job_and_its_folder_goes()
    {
        string? folder = null;
        runner.Work = (_, given, _) =>
        {
            File.WriteAllText(Path.Combine(folder = given, "frame"), "");
            return Task.FromResult(Result);
        };
        var id = await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Completed);
        Assert.That(folder, Is.Not.Null.And.Not.Empty);
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task Work_whose_job_is_cancelled_is_told_to_stop()
    {
        var stopped = new TaskCompletionSource();
        runner.Work = (_, _, token) => ForeverAsync(stopped, token);
        var id = await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Processing);
        await host.CancelJobAsync(workspaceId, id);
        await stopped.Task.InTimeAsync();
        Assert.That((await FindAsync(id)).Status, Is.EqualTo(JobStatus.Cancelled));
    }

    [Test]
    public async Task What_was_made_for_a_job_that_was_cancelled_in_the_last_moment_is_removed()
    {
        runner.Work = async (job, _, _) =>
        {
            await host.CancelJobAsync(workspaceId, job.Id);
            return Result;
        };
        await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(() => runner.Discarded.Contains(Result));
    }

    [Test]
    public async Task A_worker_that_stops_hands_its_work_to_another_and_the_run_does_not_count()
    {
        var stopped = new TaskCompletionSource();
        runner.Work = (_, _, token) => ForeverAsync(stopped, token);
        var id = await SubmitAsync();
        var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Processing);
        await worker.DisposeAsync();
        Assert.That((stopped.Task.IsCompleted, (await FindAsync(id)).Runs), Is.EqualTo((true, 0)));

        runner.Work = (_, _, _) => Task.FromResult(Result);
        await using var second = NewHost();
        await using var next = await StartWorkerAsync(second);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Completed);
    }

    [Test]
    public async Task What_runs_is_handed_back_before_the_server_has_ended_its_requests()
    {
        runner.Work = (_, _, token) => ForeverAsync(new(), token);
        var id = await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Processing);

        // The host asks all services to make ready for the stop, and then has the server, which came last, stop before the others.
        foreach (var service in host.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StoppingAsync(CancellationToken.None);
        await Eventually.HoldsAsync(async () => await FindAsync(id) is { Runs: 0 });
        var next = await SubmitAsync();
        host.Get<JobSignal>().Wake();
        await worker.DisposeAsync();
        Assert.That((await FindAsync(next)).Status, Is.EqualTo(JobStatus.Queued));
    }

    [TestCase(true, "invalid_source", "elements[0]: no video.")]
    [TestCase(false, "internal_error", "The job failed for a reason that is not yours.")]
    public async Task Work_that_fails_fails_its_job_and_tells_no_more_than_it_may(bool isMedia, string code, string message)
    {
        runner.Work = (_, _, _) => throw (isMedia ? new MediaException("invalid_source", "elements[0]: no video.") : new InvalidOperationException("/secret/path"));
        var id = await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Failed);
        Assert.That((await FindAsync(id)).Error, Is.EqualTo(new JobError(code, message)));
    }

    [Test]
    public async Task No_more_jobs_run_at_once_than_are_allowed()
    {
        var (now, most) = (0, 0);
        runner.Work = async (_, _, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return Result;
        };
        for (var i = 0; i < 10; i++)
            await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => await host.ReadAsync(db => db.Jobs.AllAsync(job => job.Status == JobStatus.Completed)));
        Assert.That(most, Is.InRange(1, 2));
    }

    [Test]
    public async Task What_a_process_that_was_killed_left_behind_is_removed_when_the_next_one_starts_and_what_another_holds_is_not()
    {
        runner.Work = (_, _, token) => ForeverAsync(new(), token);
        await SubmitAsync();
        await using var worker = await StartWorkerAsync(host);
        var work = Path.Combine(database.Folder, "work");
        await Eventually.HoldsAsync(() => Directory.Exists(work) && Directory.EnumerateDirectories(work, "render_*", SearchOption.AllDirectories).Any());
        var held = Directory.EnumerateDirectories(work).Single();
        var abandoned = Directory.CreateDirectory(Path.Combine(work, "abandoned")).FullName;
        await File.WriteAllTextAsync(Path.Combine(abandoned, ".lock"), "");

        await using var second = NewHost();
        await using var idle = await StartWorkerAsync(second);
        await Eventually.HoldsAsync(() => !Directory.Exists(abandoned));
        Assert.That(Directory.Exists(held));
    }

    [Test]
    public async Task Work_that_takes_longer_than_a_job_may_is_ended()
    {
        limits["MaxJobDuration"] = "00:00:00.2";
        var stopped = new TaskCompletionSource();
        runner.Work = (_, _, token) => ForeverAsync(stopped, token);
        var job = await FailAsync();
        Assert.That(stopped.Task.IsCompleted);
        Assert.That(job.Error, Is.EqualTo(new JobError("render_timeout", "The job took longer than is allowed.")));
    }

    [Test]
    public async Task Work_that_writes_more_than_a_job_may_is_ended_and_its_files_go()
    {
        (limits["MaxSourceBytes"], limits["MaxJobBytes"]) = ("1000", "1000");
        string? folder = null;
        runner.Work = async (_, given, token) =>
        {
            folder = given;
            await File.WriteAllBytesAsync(Path.Combine(given, "source"), new byte[600], token);
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(given, "made")).FullName, "output"), new byte[401], token);
            return await ForeverAsync(new(), token);
        };
        var job = await FailAsync();
        Assert.That(job.Error, Is.EqualTo(new JobError("source_too_large", "The job's sources and what is made of them are larger than 1000 bytes together.")));
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task A_lease_is_renewed_for_as_long_as_the_work_takes()
    {
        limits["JobLease"] = "00:00:05";
        runner.Work = (_, _, token) => ForeverAsync(new(), token);
        var id = await SubmitAsync();
        await using var limited = NewHost();
        await using var worker = await StartWorkerAsync(limited);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Processing);
        var first = (await FindAsync(id)).ClaimableAt;
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).ClaimableAt > first);
        Assert.That((await FindAsync(id)).Runs, Is.EqualTo(1));
    }

    static async Task<JobResult> ForeverAsync(TaskCompletionSource stopped, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            stopped.TrySetResult();
        }

        return Result;
    }

    static async Task<IAsyncDisposable> StartWorkerAsync(TestHost host)
    {
        var worker = host.Services.GetServices<IHostedService>().OfType<JobWorker>().Single();
        await worker.StartAsync(CancellationToken.None);
        return new Stopping(worker);
    }

    TestHost NewHost() => new(
        database,
        time: null,
        services =>
        {
            services.AddSingleton<IPublicUrls, ExampleUrls>();
            services.AddSingleton(Mock.Of<IBillingProvider>());
            services.AddSingleton(Mock.Of<IFreeSpace>(space => space.HasRoom()));
            services.AddJobs(new ConfigurationBuilder().Build());
            services.RemoveAll<IJobRunner>();
            services.AddSingleton<IJobRunner>(runner);
        },
        [("Framelane:Media:MaxConcurrentJobs", "2"), .. limits.Select(limit => ("Framelane:Media:" + limit.Key, (string?)limit.Value))]);

    /// <summary>Has a worker of its own fail a job.</summary>
    async Task<Job> FailAsync()
    {
        var id = await SubmitAsync();
        await using var limited = NewHost();
        await using var worker = await StartWorkerAsync(limited);
        await Eventually.HoldsAsync(async () => (await FindAsync(id)).Status == JobStatus.Failed);
        return await FindAsync(id);
    }

    Task<JobId> SubmitAsync() => host.SubmitJobAsync(workspaceId, TimeProvider.System.GetUtcNow());

    Task<Job> FindAsync(JobId id) => host.FindJobAsync(id);

    sealed class ScriptedRunner : IJobRunner
    {
        public Func<ClaimedJob, string, CancellationToken, Task<JobResult>> Work { get; set; } = (_, _, _) => Task.FromResult(Result);

        public System.Collections.Concurrent.ConcurrentBag<JobResult> Discarded { get; } = [];

        public bool Handles(ClaimedJob job) => true;

        public Task<JobResult> RunAsync(ClaimedJob job, string folder, IProgress<JobProgress> progress, CancellationToken cancellationToken) =>
            Work(job, folder, cancellationToken);

        public Task DiscardAsync(JobResult result)
        {
            Discarded.Add(result);
            return Task.CompletedTask;
        }
    }

    sealed class Stopping(JobWorker worker) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await worker.StopAsync(CancellationToken.None);
    }
}
