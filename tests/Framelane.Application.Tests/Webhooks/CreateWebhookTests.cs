using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks;
using Framelane.Application.Webhooks.Create;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class CreateWebhookTests
{
    const string CurrentSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    readonly Application app = new();
    readonly List<Webhook> added = [];
    int existing;

    [SetUp]
    public void SetUpPorts()
    {
        app.Webhooks.Setup(port => port.CountAsync(app.Workspace.Id, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("count"))
            .ReturnsAsync(() => existing);
        app.Webhooks.Setup(port => port.Add(It.IsAny<Webhook>())).Callback((Webhook webhook) => added.Add(webhook));
        app.Protector.Setup(port => port.Open(app.Workspace.Id, app.Workspace.CurrentSecret)).Returns(SigningSecret.FromRevealed(CurrentSecret));
    }

    [Test]
    public async Task Create_AnswersTheWebhookWithTheCurrentSecret_AndMakesNoNewOne()
    {
        var answer = (await Create(new() { Url = "https://example.com/new", Events = ["task.failed"], Description = "new" })).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Secret, Is.EqualTo(CurrentSecret));
            Assert.That((answer.Url, answer.Description, answer.Enabled), Is.EqualTo(("https://example.com/new", "new", true)));
            Assert.That(answer.Events, Is.EqualTo(new[] { "task.failed" }));
            Assert.That((answer.DisabledReason, answer.LastDeliveryAt), Is.EqualTo(((string?)null, (DateTimeOffset?)null)));
            Assert.That(answer.CreatedAt, Is.EqualTo(Application.Start));
            Assert.That(app.Workspace.CurrentSecret, Is.EqualTo(Application.Sealed(1)));
            Assert.That(added.Select(webhook => webhook.Id.Value), Is.EqualTo(new[] { answer.Id }));
            Assert.That(added[0].WorkspaceId, Is.EqualTo(app.Workspace.Id));
            Assert.That(answer.ToString(), Does.Not.Contain(CurrentSecret["whsec_".Length..]));
        }
    }

    [Test]
    public async Task Create_RaisesTheEpoch_ForDispatchersKnowEndpointsByIt()
    {
        await Create(new() { Url = "https://example.com/new" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(app.Workspace.Epoch, Is.EqualTo(2));
            Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new EndpointsChanged(app.Workspace.Id, 2) }));
        }
    }

    [Test]
    public async Task Create_IsAudited()
    {
        var answer = await Create(new() { Url = "https://example.com/new" });

        app.AssertAudited(AuditActions.WebhookCreated, answer.Value!.Id);
    }

    [Test]
    public async Task Create_WithoutEvents_AsksForAll() =>
        Assert.That((await Create(new() { Url = "https://example.com/new" })).Value!.Events, Is.EqualTo(EventTypes.All));

    [Test]
    public async Task Create_WithEventsInAnyOrderAndTwice_KeepsEachOnceInTheCataloguesOrder() => Assert.That(
        (await Create(new() { Url = "https://example.com/new", Events = ["webhook.ping", "render.queued", "webhook.ping"] })).Value!.Events,
        Is.EqualTo(new[] { "render.queued", "webhook.ping" }));

    [Test]
    public async Task Create_Disabled_SaysWhy()
    {
        var answer = (await Create(new() { Url = "https://example.com/new", Enabled = false })).Value!;

        Assert.That((answer.Enabled, answer.DisabledReason), Is.EqualTo((false, "disabled_by_owner")));
    }

    [Test]
    public async Task Create_OneBelowTheLimit_IsTaken()
    {
        (app.Limits.WebhooksPerWorkspace, existing) = (3, 2);

        Assert.That((await Create(new() { Url = "https://example.com/new" })).IsSuccess, Is.True);
    }

    [Test]
    public async Task Create_AtTheLimit_IsAConflictAndChangesNothing()
    {
        (app.Limits.WebhooksPerWorkspace, existing) = (3, 3);

        var answer = await Create(new() { Url = "https://example.com/new" });

        Assert.That(answer.Error, Is.EqualTo(new Error("conflict", "A workspace has at most 3 webhooks.")));
        Assert.That(added, Is.Empty);
        app.AssertNothingChanged();
    }

    [Test]
    public async Task Create_CountsUnderTheWorkspacesLock_SoThatTwoAtOnceCannotPassTheLimit()
    {
        await Create(new() { Url = "https://example.com/new" });

        Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "count", "audit", "commit" }));
    }

    [Test]
    public void Validator_TakesTheLeastAndTheMost()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes(new() { Url = "https://example.com" }), Is.Empty);
            Assert.That(Codes(new() { Url = "https://example.com", Events = EventTypes.All, Description = new string('d', 1000) }), Is.Empty);
        }
    }

    [Test]
    public void Validator_NamesEveryFaultByItsPlace()
    {
        var codes = Codes(new() { Url = "https://example.com", Events = ["render.queued", "render.ready", null!], Description = new string('d', 1001) });

        Assert.That(codes, Is.EquivalentTo(new[] { "Events[1]: unknown_event", "Events[2]: unknown_event", "Description: MaximumLengthValidator" }));
    }

    [Test]
    public void Validator_OfNoEventAtAll_AsksForOne() =>
        Assert.That(Codes(new() { Url = "https://example.com", Events = [] }), Is.EqualTo(new[] { "Events: events_empty" }));

    [Test]
    public void Validator_OutsideTheNetworkRuleSet_LooksNothingUp()
    {
        Codes(new() { Url = "http://127.0.0.1" });

        app.Urls.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Validator_InTheNetworkRuleSet_PassesTheRefusalOn()
    {
        app.Urls.Setup(port => port.CheckAsync("http://127.0.0.1", "ws_1", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new UrlRefusal("url_forbidden_address", "Not there."));
        app.Urls.Setup(port => port.CheckAsync("https://example.com", "ws_1", It.IsAny<CancellationToken>())).ReturnsAsync((UrlRefusal?)null);

        var refused = await Network(new() { Url = "http://127.0.0.1" });
        var taken = await Network(new() { Url = "https://example.com" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused, Is.EqualTo(new[] { "Url: url_forbidden_address: Not there." }));
            Assert.That(taken, Is.Empty);
        }
    }

    Task<Result<WebhookCreatedResponse>> Create(CreateWebhookRequest request) => app.Send(new CreateWebhookCommand(app.Actor, request));

    string[] Codes(CreateWebhookRequest request) =>
        [.. app.Get<IValidator<CreateWebhookRequest>>().Validate(request).Errors.Select(error => $"{error.PropertyName}: {error.ErrorCode}")];

    async Task<string[]> Network(CreateWebhookRequest request)
    {
        var validator = app.Get<IValidator<CreateWebhookRequest>>();
        var context = ValidationContext<CreateWebhookRequest>.CreateWithOptions(request, options => options.IncludeRuleSets(WebhookRules.NetworkRuleSet));
        context.RootContextData[WebhookRules.LookupPartition] = "ws_1";
        var result = await validator.ValidateAsync(context);
        return [.. result.Errors.Select(error => $"{error.PropertyName}: {error.ErrorCode}: {error.ErrorMessage}")];
    }
}
