using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Jobs;

public sealed class JobHandlerTests
{
    static readonly JobOutput Output = new("key", "film.mp4", "video/mp4", 1280, 720, 10, 1000);

    readonly Application app = new();

    readonly List<NewEvent> told = [];

    Job? stored;

    [SetUp]
    public void Prepare()
    {
        app.Outbox.Setup(port => port.AppendAsync(It.IsAny<NewEvent>(), It.IsAny<CancellationToken>()))
            .Callback((NewEvent happened, CancellationToken _) => told.Add(happened)).Returns(Task.CompletedTask);
        app.Jobs.Setup(port => port.FindAsync(It.IsAny<WorkspaceId>(), It.IsAny<JobKind>(), It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(Find);
        app.Jobs.Setup(port => port.FindForUpdateAsync(It.IsAny<WorkspaceId>(), It.IsAny<JobKind>(), It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(Find);
        app.OpenJobs.Setup(port => port.FindAsync(It.IsAny<IReadOnlyCollection<JobId>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => stored is { IsTerminal: false } ? [stored.Id] : []);
    }

    [Test]
    public async Task A_render_is_kept_with_what_was_asked_for_told_of_and_announced()
    {
        byte[]? request = null;
        app.Jobs.Setup(port => port.Add(It.IsAny<Job>(), It.IsAny<byte[]>(), It.IsAny<IEnumerable<JobSource>>()))
            .Callback((Job job, byte[] document, IEnumerable<JobSource> _) => (stored, request) = (job, document));
        app.Workers.Setup(port => port.Wake());
        var scene = new CreateRenderRequest { Width = 64, Height = 32, Metadata = new Dictionary<string, string> { ["a"] = "b" }, WebhookUrl = "https://example.com/own" };

        var answer = await app.Send(new CreateRenderCommand(app.Actor, scene));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Value!.Status, answer.Value.Id), Is.EqualTo((JobStatus.Queued, stored!.Id.Value)));
            Assert.That(System.Text.Json.JsonSerializer.Deserialize<CreateRenderRequest>(request, WireJson.Options)!.Height, Is.EqualTo(32));
            Assert.That(told.Single(), Has.Property("Type").EqualTo("render.queued").And.Property("Sequence").EqualTo(1).And.Property("WebhookUrl").EqualTo("https://example.com/own"));
            app.Workers.Verify(port => port.Wake(), Times.Once);
        }
    }

    [Test]
    public async Task A_job_that_is_completed_shows_where_it_is_downloaded_with_the_key()
    {
        Store().Complete(Output, ["odd"], Application.Start);
        var answer = await app.Send(new GetJobQuery(app.Actor.WorkspaceId, JobKind.Render, stored!.Id.Value, null));
        Assert.That((answer.Value!.Output!.Url, answer.Value.Output.SizeBytes, answer.Value.Warnings.Single()), Is.EqualTo(
            ($"https://api.example.com/v1/renders/{stored.Id}/download", 1000L, "odd")));
    }

    [Test]
    public async Task Waiting_ends_with_the_job_or_with_its_time()
    {
        Store();
        var waiting = app.Send(new GetJobQuery(app.Actor.WorkspaceId, JobKind.Render, stored!.Id.Value, TimeSpan.FromSeconds(2)));
        for (var i = 0; i < 9; i++)
            app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That(waiting.IsCompleted, Is.False);
        app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That((await waiting).Value!.Status, Is.EqualTo(JobStatus.Processing));
    }

    [Test]
    public async Task Waiting_ends_with_the_job_as_it_is_when_the_process_stops()
    {
        Store();
        using var stopping = new CancellationTokenSource();
        var waiting = app.Send(new GetJobQuery(app.Actor.WorkspaceId, JobKind.Render, stored!.Id.Value, TimeSpan.FromSeconds(25), stopping.Token));
        Assert.That(waiting.IsCompleted, Is.False);
        await stopping.CancelAsync();
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(20))).Value!.Status, Is.EqualTo(JobStatus.Processing));
    }

    [Test]
    public async Task Waiting_ends_without_an_answer_when_nobody_waits_for_it_any_more()
    {
        Store();
        using var gone = new CancellationTokenSource();
        var waiting = app.Send(new GetJobQuery(app.Actor.WorkspaceId, JobKind.Render, stored!.Id.Value, TimeSpan.FromSeconds(25)), gone.Token);
        await gone.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task Those_who_wait_for_a_job_have_it_looked_at_together_and_read_it_when_it_has_ended()
    {
        Store();
        var waiting = Enumerable.Range(0, 50).Select(_ => WaitAsync()).ToArray();
        for (var i = 0; i < 10; i++)
            app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That((app.Jobs.Invocations.Count, app.OpenJobs.Invocations.Count), Is.EqualTo((50, 10)));
        stored!.Complete(Output, [], Application.Start);
        app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That((await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20))).Select(answer => answer.Value!.Status), Is.All.EqualTo(JobStatus.Completed));
        Assert.That(app.Jobs.Invocations, Has.Count.EqualTo(100));

        // Nobody waits any more, and the next who does is seen to again.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(app.OpenJobs.Invocations, Has.Count.EqualTo(11));
        Store();
        var next = WaitAsync();
        stored!.Complete(Output, [], Application.Start);
        app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That((await next.WaitAsync(TimeSpan.FromSeconds(20))).Value!.Status, Is.EqualTo(JobStatus.Completed));
    }

    [Test]
    public async Task A_workspace_that_waits_as_often_as_it_may_is_answered_at_once()
    {
        Store();
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, JobWatch.MaxOfOne).Select(_ => WaitAsync(gone.Token)).ToArray();
        Assert.That((await WaitAsync().WaitAsync(TimeSpan.FromSeconds(20))).Value!.Status, Is.EqualTo(JobStatus.Processing));
        Assert.That(waiting.Select(wait => wait.IsCompleted), Is.All.False);
        await gone.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.That(WaitAsync().IsCompleted, Is.False);
    }

    [Test]
    public async Task Where_the_jobs_cannot_be_looked_at_those_who_wait_are_told()
    {
        Store();
        var waiting = WaitAsync();
        var outage = new TimeoutException();
        app.OpenJobs.Setup(port => port.FindAsync(It.IsAny<IReadOnlyCollection<JobId>>(), It.IsAny<CancellationToken>())).ThrowsAsync(outage);
        app.Jobs.Setup(port => port.FindAsync(It.IsAny<WorkspaceId>(), It.IsAny<JobKind>(), It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(outage);
        app.Clock.Advance(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task Cancelling_tells_and_a_second_time_is_a_conflict()
    {
        Store();
        app.Jobs.Setup(port => port.ReleaseNextAsync(app.Actor.WorkspaceId, It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        var command = new CancelJobCommand(app.Actor.WorkspaceId, JobKind.Render, stored!.Id.Value);
        var first = await app.Send(command);
        var second = await app.Send(command);
        Assert.That((first.Value!.Status, second.Error!.Code), Is.EqualTo((JobStatus.Cancelled, "not_cancellable")));
        Assert.That(told.Select(happened => happened.Type), Is.EqualTo(new[] { "render.cancelled" }));
        app.Jobs.Verify(port => port.ReleaseNextAsync(app.Actor.WorkspaceId, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task A_download_is_a_signed_url_of_fifteen_minutes_once_there_is_something()
    {
        var job = Store();
        var query = new DownloadJobCommand(app.Actor.WorkspaceId, JobKind.Render, job.Id.Value);
        Assert.That((await app.Send(query)).Error!.Code, Is.EqualTo("not_ready"));
        job.Complete(Output, [], Application.Start);
        app.Storage.Setup(port => port.SignUrl("key", TimeSpan.FromMinutes(15), "film.mp4")).Returns(new Uri("https://files.example.com/signed"));
        var counted = new List<UsageEntry>();
        app.Ledger.Setup(port => port.AddEgressAsync(Capture.In(counted), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        Assert.That((await app.Send(query)).Value, Is.EqualTo(new Uri("https://files.example.com/signed")));
        Assert.That((await app.Send(query)).Value, Is.EqualTo(new Uri("https://files.example.com/signed")));
        Assert.That(counted.Select(entry => (entry.Kind, entry.Quantity, entry.WorkspaceId)), Is.EqualTo(Enumerable.Repeat((UsageKind.Egress, 1000L, app.Actor.WorkspaceId), 2)));
    }

    [Test]
    public async Task What_is_not_there_is_named()
    {
        Assert.That((await app.Send(new GetJobQuery(app.Actor.WorkspaceId, JobKind.Render, "render_x", null))).Error!.Message, Is.EqualTo("Render not found."));
        Assert.That((await app.Send(new DownloadJobCommand(app.Actor.WorkspaceId, JobKind.Task, "task_x"))).Error!.Message, Is.EqualTo("Task not found."));
    }

    Job? Find() => stored;

    Task<Result<JobResponse>> WaitAsync(CancellationToken cancellationToken = default) =>
        app.Send(new GetJobQuery(app.Actor.WorkspaceId, JobKind.Render, stored!.Id.Value, TimeSpan.FromSeconds(25)), cancellationToken);

    Job Store()
    {
        stored = Job.Submit(
            JobId.New(JobKind.Render, Application.Start), JobKind.Render, null, app.Actor.WorkspaceId, new Dictionary<string, string>(), null, [], false, Application.Start);
        stored.Claim(TimeSpan.FromSeconds(30), Application.Start);
        return stored;
    }
}
