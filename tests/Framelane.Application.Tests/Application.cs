using System.Reflection;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Framelane.Application.Tests;

/// <summary>
/// The application as its callers meet it, behind MediatR, over strict mocks of its ports: a call that a test does not expect fails it.
/// There is one workspace with one webhook; the journal holds what touched the transaction, in order.
/// </summary>
sealed class Application
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly ServiceProvider services;

    public Application()
    {
        Workspace = NewWorkspace();
        Actor = new(Workspace.Id, ApiKeyId.New(Start), "203.0.113.7");
        Webhook = NewWebhook(Workspace.Id);
        UnitOfWork = new(Journal, () => Get<IdempotencyContext>().Claim);

        Workspaces.Setup(port => port.GetForUpdateAsync(Workspace.Id, It.IsAny<CancellationToken>()))
            .Callback(() => Journal.Add("lock workspace"))
            .ReturnsAsync(() => Workspace);
        Workspaces.Setup(port => port.GetAsync(Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync(() => Workspace);
        Webhooks.Setup(port => port.FindAsync(It.IsAny<WorkspaceId>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback(() => Journal.Add("find webhook"))
            .ReturnsAsync((WorkspaceId owner, string id, CancellationToken _) =>
                StoredWebhooks.SingleOrDefault(webhook => webhook.WorkspaceId == owner && webhook.Id.Value == id));
        StoredWebhooks.Add(Webhook);
        Audit.Setup(port => port.Add(It.IsAny<AuditEntry>())).Callback((AuditEntry entry) =>
        {
            Journal.Add("audit");
            Audited.Add(entry);
        });
        Sessions.Setup(port => port.AreConfigured).Returns(false);
        PublicUrls.Setup(port => port.Of(It.IsAny<string>())).Returns((string path) => new Uri("https://api.example.com/" + path));
        Billing.Setup(port => port.IsConfigured).Returns(true);
        Billing.Setup(port => port.Plans).Returns([Plan.Pro]);
        Dispatchers.Setup(port => port.Wake()).Callback(() => Journal.Add("wake"));

        services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IOptions<FramelaneLimits>>(new OptionsWrapper<FramelaneLimits>(Limits))
            .AddSingleton<IUnitOfWork>(UnitOfWork)
            .AddSingleton(Workspaces.Object)
            .AddSingleton(Webhooks.Object)
            .AddSingleton(Deliveries.Object)
            .AddSingleton(Keys.Object)
            .AddSingleton(Identities.Object)
            .AddSingleton(Sessions.Object)
            .AddSingleton(DefaultPlan.Object)
            .AddSingleton(Audit.Object)
            .AddSingleton(Ledger.Object)
            .AddSingleton(Spent.Object)
            .AddSingleton(Protector.Object)
            .AddSingleton(Reencryption.Object)
            .AddSingleton(Outbox.Object)
            .AddSingleton(Pings.Object)
            .AddSingleton(Mails.Object)
            .AddSingleton(Dispatchers.Object)
            .AddSingleton(Urls.Object)
            .AddSingleton(Jobs.Object)
            .AddSingleton(OpenJobs.Object)
            .AddSingleton(Workers.Object)
            .AddSingleton(Assets.Object)
            .AddSingleton(AssetWorkers.Object)
            .AddSingleton(Uploads.Object)
            .AddSingleton(UploadLinks.Object)
            .AddSingleton(Drafts.Object)
            .AddSingleton(Space.Object)
            .AddSingleton(Limiter.Object)
            .AddSingleton(Previews.Object)
            .AddSingleton(Forecaster.Object)
            .AddSingleton(PublicUrls.Object)
            .AddSingleton(Storage.Object)
            .AddSingleton(Files.Object)
            .AddSingleton(Billing.Object)
            .AddSingleton(Accounts.Object)
            .AddSingleton(Signups.Object)
            .AddSingleton(SignupCodes.Object)
            .AddSingleton(Addresses.Object)
            .AddApplication()
            .BuildServiceProvider();
    }

    public List<string> Journal { get; } = [];

    public FakeTimeProvider Clock { get; } = new(Start);

    public FramelaneLimits Limits { get; } = new();

    public FakeUnitOfWork UnitOfWork { get; }

    public Workspace Workspace { get; set; }

    public Webhook Webhook { get; }

    public Actor Actor { get; }

    public List<Webhook> StoredWebhooks { get; } = [];

    public List<AuditEntry> Audited { get; } = [];

    public Mock<IWorkspaceRepository> Workspaces { get; } = new(MockBehavior.Strict);

    public Mock<IWebhookRepository> Webhooks { get; } = new(MockBehavior.Strict);

    public Mock<IDeliveryRepository> Deliveries { get; } = new(MockBehavior.Strict);

    public Mock<IApiKeyRepository> Keys { get; } = new(MockBehavior.Strict);

    public Mock<IIdentityRepository> Identities { get; } = new(MockBehavior.Strict);

    public Mock<ISessionTokens> Sessions { get; } = new(MockBehavior.Strict);

    public Mock<IDefaultPlan> DefaultPlan { get; } = new(MockBehavior.Strict);

    public Mock<IAuditLog> Audit { get; } = new(MockBehavior.Strict);

    public Mock<IUsageLedger> Ledger { get; } = new(MockBehavior.Strict);

    public Mock<ISpentMinutes> Spent { get; } = new(MockBehavior.Strict);

    public Mock<ISecretReencryption> Reencryption { get; } = new(MockBehavior.Strict);

    public Mock<ISecretProtector> Protector { get; } = new(MockBehavior.Strict);

    public Mock<IEventOutbox> Outbox { get; } = new(MockBehavior.Strict);

    public Mock<IPingSender> Pings { get; } = new(MockBehavior.Strict);

    public Mock<IMailOutbox> Mails { get; } = new(MockBehavior.Strict);

    public Mock<ISignupRepository> Signups { get; } = new(MockBehavior.Strict);

    public Mock<ISignupCodes> SignupCodes { get; } = new(MockBehavior.Strict);

    public Mock<IEmailAddresses> Addresses { get; } = new(MockBehavior.Strict);

    public Mock<IDispatchSignal> Dispatchers { get; } = new(MockBehavior.Strict);

    public Mock<IWebhookUrlPolicy> Urls { get; } = new(MockBehavior.Strict);

    public Mock<IJobRepository> Jobs { get; } = new(MockBehavior.Strict);

    public Mock<IOpenJobs> OpenJobs { get; } = new(MockBehavior.Strict);

    public Mock<IJobSignal> Workers { get; } = new(MockBehavior.Strict);

    public Mock<IAssetRepository> Assets { get; } = new(MockBehavior.Strict);

    public Mock<IAssetSignal> AssetWorkers { get; } = new(MockBehavior.Strict);

    public Mock<IUploadRepository> Uploads { get; } = new(MockBehavior.Strict);

    public Mock<IUploadLinks> UploadLinks { get; } = new(MockBehavior.Strict);

    public Mock<IDraftStorage> Drafts { get; } = new(MockBehavior.Strict);

    public Mock<IFreeSpace> Space { get; } = new(MockBehavior.Strict);

    public Mock<IRateLimiter> Limiter { get; } = new(MockBehavior.Strict);

    public Mock<IPreviewRenderer> Previews { get; } = new(MockBehavior.Strict);

    public Mock<IRenderForecaster> Forecaster { get; } = new(MockBehavior.Strict);

    public Mock<IPublicUrls> PublicUrls { get; } = new(MockBehavior.Strict);

    public Mock<IObjectStorage> Storage { get; } = new(MockBehavior.Strict);

    public Mock<ISignedFiles> Files { get; } = new(MockBehavior.Strict);

    public Mock<IBillingProvider> Billing { get; } = new(MockBehavior.Strict);

    public Mock<IBillingRepository> Accounts { get; } = new(MockBehavior.Strict);

    public static SealedSecret Sealed(long epoch) => new(BitConverter.GetBytes(epoch), epoch);

    public static Workspace NewWorkspace(Plan plan = Plan.Pro, WorkspaceId? id = null) =>
        Workspace.Create(id ?? WorkspaceId.New(Start), "Studio", plan, Sealed(1), Start);

    public static Webhook NewWebhook(WorkspaceId owner, bool enabled = true) => Webhook.Create(
        WebhookId.New(Start), owner, "https://example.com/hook", EventTypes.All, "main", enabled, Start);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public object?[] GetAll(Type service) => [.. services.GetServices(service)];

    public Scope NewScope() => new(services.CreateScope());

    public Task<TAnswer> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken cancellationToken = default) =>
        Get<ISender>().Send(request, cancellationToken);

    public sealed record Scope(IServiceScope Inner) : IDisposable
    {
        public T Get<T>()
            where T : notnull => Inner.ServiceProvider.GetRequiredService<T>();

        public void Dispose() => Inner.Dispose();
    }

    /// <summary>A webhook that another workspace owns.</summary>
    public Webhook AddForeignWebhook()
    {
        var webhook = NewWebhook(WorkspaceId.New(Start));
        StoredWebhooks.Add(webhook);
        return webhook;
    }

    public Delivery AddDelivery(Webhook? webhook, DeliveryState state)
    {
        var happened = WebhookEvent.Create(Domain.Events.EventId.New(Start), Workspace.Id, "render.failed", "render_1", 1, "{}"u8.ToArray(), Start);
        var delivery = webhook is null
            ? Delivery.ToUrl(happened, "https://example.com/once", Start)
            : Delivery.ToWebhook(happened, webhook, oneShot: false, Start);
        delivery.Stored(nameof(Delivery.State), state);
        Deliveries.Setup(port => port.FindForUpdateAsync(It.IsAny<WorkspaceId>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback(() => Journal.Add("lock delivery"))
            .ReturnsAsync((WorkspaceId owner, string id, CancellationToken _) =>
                owner == delivery.WorkspaceId && id == delivery.Id.Value ? delivery : null);
        return delivery;
    }

    /// <summary>The one audit entry, which must name the key and the address.</summary>
    public void AssertAudited(string action, string targetId)
    {
        Assert.That(Audited, Has.Count.EqualTo(1));
        var entry = Audited[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((entry.Action, entry.TargetId), Is.EqualTo((action, targetId)));
            Assert.That(entry.WorkspaceId, Is.EqualTo(Workspace.Id));
            Assert.That((entry.ApiKeyId, entry.Address), Is.EqualTo((Actor.ApiKeyId, Actor.Address)));
            Assert.That(entry.CreatedAt, Is.EqualTo(Clock.GetUtcNow()));
        }
    }

    /// <summary>Nothing was written, nothing was raised, and the transaction was given up.</summary>
    public void AssertNothingChanged()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Audited, Is.Empty);
            Assert.That(Workspace.Epoch, Is.EqualTo(1));
            Assert.That(Workspace.DomainEvents, Is.Empty);
            Assert.That(Journal, Has.None.EqualTo("commit").And.None.EqualTo("wake"));
            Assert.That(Journal, Has.Some.EqualTo("rollback"));
        }
    }
}

static class StoredExtensions
{
    /// <summary>Sets what only storage sets.</summary>
    public static T Stored<T>(this T entity, string property, object? value)
        where T : class
    {
        typeof(T).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(entity, value);
        return entity;
    }
}
