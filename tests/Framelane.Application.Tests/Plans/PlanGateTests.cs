using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Plans;

/// <summary>What a plan says of a render, and what is kept for it.</summary>
public sealed class PlanGateTests
{
    static readonly CalendarMonth March = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));

    readonly Application app = new();

    Job? stored;

    [SetUp]
    public void Prepare()
    {
        app.Outbox.Setup(port => port.AppendAsync(It.IsAny<NewEvent>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        app.Workers.Setup(port => port.Wake());
        app.Jobs.Setup(port => port.Add(It.IsAny<Job>(), It.IsAny<byte[]>(), It.IsAny<IEnumerable<JobSource>>()))
            .Callback((Job job, byte[] _, IEnumerable<JobSource> _) => stored = job);
    }

    [TestCase(0, 0, 25, ExpectedResult = 25L * 60_000)]
    [TestCase(20, 4, 1, ExpectedResult = 60_000)]
    [TestCase(20, 4, 1.001, ExpectedResult = null)]
    [TestCase(25, 0, 0.5, ExpectedResult = null)]
    [TestCase(25, 0, 0, ExpectedResult = 0)]
    [TestCase(30, 0, 0, ExpectedResult = 0)]
    [TestCase(20, 4, null, ExpectedResult = 60_000)]
    [TestCase(25, 0, null, ExpectedResult = null)]
    [TestCase(30, 4, null, ExpectedResult = null)]
    public async Task<long?> What_is_left_of_the_month_is_kept_for_it_or_it_is_refused(double used, double reserved, double? needed)
    {
        On(Plan.Free, used, reserved, needed);
        var answer = await SubmitAsync(new());
        Assert.That(answer.Error?.Code, Is.EqualTo(stored is null ? "quota_exceeded" : null));
        return stored?.ReservedMilliseconds;
    }

    [Test]
    public async Task A_refusal_says_what_there_is_and_until_when()
    {
        On(Plan.Free, used: 20.5, reserved: 4, needed: 2);
        var error = (DetailedError)(await SubmitAsync(new())).Error!;
        Assert.That(error.Message, Is.EqualTo(
            "The plan free allows 25 render-minutes a month. 20.5 are used, 4 are kept for renders that have not ended, and this one needs 2."));
        Assert.That(error.Details, Is.EquivalentTo(new Dictionary<string, object?>
        {
            ["plan"] = "free",
            ["limit_minutes"] = 25.0,
            ["used_minutes"] = 20.5,
            ["reserved_minutes"] = 4.0,
            ["requested_minutes"] = 2.0,
            ["period_end"] = March.End.UtcDateTime,
        }));
    }

    [TestCase(Plan.Pro)]
    [TestCase(Plan.Enterprise)]
    public async Task Where_there_is_no_hard_cap_nothing_is_counted_and_nobody_waits(Plan plan)
    {
        On(plan);
        Assert.That((await SubmitAsync(new())).IsSuccess, Is.True);
        Assert.That((stored!.ReservedMilliseconds, app.Journal.Contains("lock workspace")), Is.EqualTo((0L, false)));
    }

    [Test]
    public async Task Where_there_is_one_the_workspace_is_locked_before_it_is_counted()
    {
        On(Plan.Free, needed: 1);
        app.Ledger.Setup(port => port.CommittedAsync(app.Workspace.Id, March, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("count")).ReturnsAsync(new CommittedUsage(0, 0));
        await SubmitAsync(new());
        Assert.That(app.Journal.IndexOf("lock workspace"), Is.GreaterThanOrEqualTo(0).And.LessThan(app.Journal.IndexOf("count")));
    }

    [TestCase(Plan.Free, 1920, 1080, null)]
    [TestCase(Plan.Free, 1080, 1920, null)]
    [TestCase(Plan.Free, 1082, 1082, "pro")]
    [TestCase(Plan.Free, 1922, 16, "pro")]
    [TestCase(Plan.Free, 3842, 16, "enterprise")]
    [TestCase(Plan.Pro, 2160, 3840, null)]
    [TestCase(Plan.Pro, 7680, 4320, "enterprise")]
    [TestCase(Plan.Enterprise, 7680, 4320, null)]
    [TestCase(Plan.Enterprise, 7680, 4322, "none")]
    public async Task A_canvas_is_as_large_as_the_plan_allows_lying_or_upright(Plan plan, int width, int height, string? required)
    {
        On(plan, needed: 0);
        var answer = await SubmitAsync(new() { Width = width, Height = height });
        Assert.That(answer.Error?.Code, Is.EqualTo(required is null ? null : "plan_required"));
        if (answer.Error is DetailedError error)
            Assert.That(error.Details["required_plan"], Is.EqualTo(required == "none" ? null : required));
    }

    [Test]
    public async Task Validation_warns_of_what_the_plan_would_refuse()
    {
        On(Plan.Free, used: 25, needed: 1);
        var tooLong = await app.Send(new ForecastRenderQuery(app.Workspace.Id, new()));
        var tooLarge = await app.Send(new ForecastRenderQuery(app.Workspace.Id, new() { Width = 3840, Height = 2160 }));
        Assert.That(tooLong.Warnings.Single(), Does.StartWith("The plan free allows 25 render-minutes a month."));
        Assert.That(tooLarge.Warnings.Single(), Is.EqualTo("3840 × 2160 pixels are more than the plan free allows: 1920 × 1080, lying or upright. The plan pro does."));
        Assert.That(app.Journal, Does.Not.Contain("lock workspace"));
    }

    void On(Plan plan, double used = 0, double reserved = 0, double? needed = null)
    {
        app.Workspace = Application.NewWorkspace(plan, app.Workspace.Id);
        app.Ledger.Setup(port => port.CommittedAsync(app.Workspace.Id, March, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new CommittedUsage((long)(used * 60_000), (long)(reserved * 60_000)));
        app.Forecaster.Setup(port => port.Of(It.IsAny<CreateRenderRequest>(), It.IsAny<IReadOnlyDictionary<string, SourceDuration>>())).Returns(
            new RenderForecast([], new() { WorkSeconds = 1, RenderMinutes = needed, Frames = 1, Width = 1, Height = 1, Duration = 1, FrameRate = 30 }));
    }

    Task<Result<JobResponse>> SubmitAsync(CreateRenderRequest scene) => app.Send(new CreateRenderCommand(app.Actor, scene));
}
