using System.Text;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Framelane.Api.Tests.Unit;

public sealed class IdempotencyFilterTests
{
    static readonly IdempotencyClaim Claim = new("scope", "key", 1);

    readonly Mock<IIdempotencyStore> store = new();

    readonly IdempotencyContext idempotency = new();

    readonly FakeTimeProvider time = new();

    [Test]
    public async Task Without_a_key_the_action_just_runs()
    {
        var (ran, _) = await RunAsync(null);

        Assert.That(ran, Is.True);
        store.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Other_methods_take_no_key()
    {
        var (ran, _) = await RunAsync("k", method: "DELETE");

        Assert.That(ran, Is.True);
        store.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_bad_key_is_refused_before_anything_is_claimed()
    {
        var (ran, result) = await RunAsync("é");

        Assert.Multiple(() =>
        {
            Assert.That(ran, Is.False);
            Assert.That((result as ErrorResult)?.Error.Code, Is.EqualTo("invalid_request"));
        });
        store.VerifyNoOtherCalls();
    }

    [TestCase(IdempotencyOutcomeKind.Conflict, "idempotency_conflict")]
    [TestCase(IdempotencyOutcomeKind.InProgress, "idempotency_in_progress")]
    public async Task A_key_that_is_taken_is_refused(IdempotencyOutcomeKind kind, string code)
    {
        Answers(new(kind));

        var (ran, result) = await RunAsync("k");

        Assert.Multiple(() =>
        {
            Assert.That(ran, Is.False);
            Assert.That((result as ErrorResult)?.Error.Code, Is.EqualTo(code));
        });
    }

    [Test]
    public async Task A_replay_answers_200_with_the_remembered_bytes()
    {
        Answers(new(IdempotencyOutcomeKind.Replay, Answer: "{\"secret\":\"s\"}"u8.ToArray()));

        var (ran, result) = await RunAsync("k");
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await result!.ExecuteResultAsync(new(http, new(), new()));

        Assert.Multiple(() =>
        {
            Assert.That(ran, Is.False);
            Assert.That(http.Response.StatusCode, Is.EqualTo(200));
            Assert.That(http.Response.Headers["Idempotency-Replayed"].ToString(), Is.EqualTo("true"));
            Assert.That(((MemoryStream)http.Response.Body).ToArray(), Is.EqualTo("{\"secret\":\"s\"}"u8.ToArray()));
        });
    }

    [Test]
    public async Task What_committed_nothing_gives_the_key_back()
    {
        Answers(new(IdempotencyOutcomeKind.Claimed, Claim));

        await RunAsync("k", action: () => Assert.That(idempotency.Claim, Is.EqualTo(Claim)));

        store.Verify(keys => keys.ReleaseAsync(Claim, CancellationToken.None), Times.Once);
    }

    [Test]
    public async Task What_committed_keeps_the_key()
    {
        Answers(new(IdempotencyOutcomeKind.Claimed, Claim));

        await RunAsync("k", action: () => idempotency.Committed = true);

        store.Verify(keys => keys.ReleaseAsync(It.IsAny<IdempotencyClaim>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task The_lease_is_renewed_while_the_action_runs_and_not_after()
    {
        Answers(new(IdempotencyOutcomeKind.Claimed, Claim));
        store.Setup(keys => keys.RenewAsync(Claim, It.IsAny<CancellationToken>())).ReturnsAsync(true);

        await RunAsync("k", action: () =>
        {
            time.Advance(LeaseKeeper.Interval);
            Assert.That(() => store.Invocations.Count(call => call.Method.Name == "RenewAsync"), Is.EqualTo(1).After(5000, 5));
            time.Advance(LeaseKeeper.Interval);
            Assert.That(() => store.Invocations.Count(call => call.Method.Name == "RenewAsync"), Is.EqualTo(2).After(5000, 5));
        });
        time.Advance(LeaseKeeper.Interval * 3);

        store.Verify(keys => keys.RenewAsync(Claim, It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Test]
    public async Task The_scope_is_the_route_and_the_fingerprint_the_request()
    {
        Answers(new(IdempotencyOutcomeKind.Conflict));

        await RunAsync("k", body: "{}");

        var fingerprint = RequestFingerprint.Of("/v1/webhooks/wh_1/test", "?a=1", "{}"u8);
        store.Verify(keys => keys.ClaimAsync("v1/webhooks/{webhook_id}/test", "k", fingerprint, It.IsAny<CancellationToken>()), Times.Once);
    }

    void Answers(IdempotencyOutcome outcome) => store
        .Setup(keys => keys.ClaimAsync(It.IsAny<string>(), "k", It.IsAny<byte[]>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(outcome);

    async Task<(bool Ran, IActionResult? Result)> RunAsync(string? key, string method = "POST", string body = "", Action? action = null)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().Configure<FramelaneLimits>(_ => { }).AddOptions().BuildServiceProvider(),
            Request = { Method = method, Path = "/v1/webhooks/wh_1/test", QueryString = new("?a=1"), Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) },
        };
        http.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("v1/webhooks/{webhook_id}/test"), 0, null, null));
        if (key is not null)
            http.Request.Headers[IdempotencyKey.Header] = key;

        var context = new ActionExecutingContext(new(http, new(), new ActionDescriptor()), [], new Dictionary<string, object?>(), this);
        var ran = false;
        var filter = new IdempotencyFilter(store.Object, idempotency, time, NullLogger<IdempotencyFilter>.Instance);
        await filter.OnActionExecutionAsync(context, () =>
        {
            ran = true;
            action?.Invoke();
            return Task.FromResult(new ActionExecutedContext(context, [], this));
        });
        return (ran, context.Result);
    }
}
