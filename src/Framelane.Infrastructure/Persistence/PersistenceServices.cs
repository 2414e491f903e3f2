using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Bootstrap;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Persistence.Keys;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Persistence.Repositories;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Secrets;
using Framelane.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence;

static class PersistenceServices
{
    /// <summary>
    /// The database and all that is kept in it, the secrets, the mails, and the setup (<see cref="DatabaseInitializer"/>, to be run before
    /// the host starts). Called before whatever registers a clock: where the database is shared, the clock is set by it.
    /// </summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStorageOptions(configuration);
        services.AddMetrics();
        services.AddSingleton<DispatchMetrics>();
        services.AddSingleton<DataFolder>();
        services.AddDatabase();
        services.AddRepositories();
        services.AddSecrets();
        services.AddMail();

        services.AddSingleton<FirstApiKeyFile>();
        services.AddSingleton<FirstWorkspace>();
        services.AddSingleton<DatabaseInitializer>();
        services.AddSingleton<RetentionSweep>();
        if (ProcessRoles.Of(configuration).Has(ProcessRoles.Worker))
        {
            services.AddHostedService<SweepService<RetentionSweep>>();
            services.AddHostedService<MailService>();
        }

        services.AddHealthChecks().AddCheck<DatabaseHealth>(DatabaseHealth.Name);
        return services;
    }

    static void AddDatabase(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => Engine(provider).IsShared ? new DatabaseClock(TimeProvider.System) : TimeProvider.System);
        services.AddSingleton(provider => Engine(provider).MakeProvider(provider, Options(provider).ConnectionString));
        services.AddSingleton(provider => Engine(provider).MakeDispatchStore(provider.GetRequiredService<IDatabaseProvider>()));

        services.AddPooledDbContextFactory<FramelaneDbContext>((provider, options) => provider.GetRequiredService<IDatabaseProvider>().Configure(options));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<FramelaneDbContext>>().CreateDbContext());
        services.AddSingleton<TimelyContexts>();
        services.AddSingleton<DatabaseWriter>();
        services.AddSingleton<QueueReader>();
        services.AddSingleton<IOutages, Outages>();
        services.AddSingleton<ISnapshotReader, SnapshotReader>();
        services.AddSingleton<INodeTable, NodeTable>();
        services.AddSingleton<DatabaseClockKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseClockKeeper>());
    }

    static void AddRepositories(this IServiceCollection services)
    {
        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddScoped<DomainEventPublisher>();
        services.AddScoped<IWorkspaceRepository, WorkspaceRepository>();
        services.AddScoped<ISignupRepository, SignupRepository>();
        services.AddSingleton<IDefaultPlan, DefaultPlan>();
        services.AddScoped<IWebhookRepository, WebhookRepository>();
        services.AddScoped<IApiKeyRepository, ApiKeyRepository>();
        services.AddScoped<IIdentityRepository, IdentityRepository>();
        services.AddScoped<IDeliveryRepository, DeliveryRepository>();
        services.AddScoped<IJobRepository, JobRepository>();
        services.AddSingleton<IOpenJobs, OpenJobs>();
        services.AddSingleton<IPlanAllowances, PlanAllowances>();
        services.AddScoped<IAssetRepository, AssetRepository>();
        services.AddScoped<IUploadRepository, UploadRepository>();
        services.AddScoped<IAuditLog, AuditLog>();
        services.AddScoped<IUsageLedger, UsageLedger>();
        services.AddScoped<ISpentMinutes, SpentMinutesRepository>();
        services.AddScoped<IBillingRepository, BillingRepository>();
        services.AddScoped<IEventOutbox, EventOutbox>();
        services.AddScoped<IMailOutbox, MailOutbox>();
        services.AddSingleton<AnswerKeeper>();
        services.AddSingleton<IIdempotencyStore, IdempotencyStore>();
        services.AddSingleton<CallerReads>();
        services.AddSingleton<IApiKeyAuthenticator, ApiKeyAuthenticator>();
        services.AddSingleton<ISessionAuthenticator, SessionAuthenticator>();
        services.AddSingleton<ApiKeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>());
    }

    static void AddMail(this IServiceCollection services)
    {
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<SmtpOptions>>().Value.Host is null
            ? ActivatorUtilities.CreateInstance<FolderTransport>(provider)
            : ActivatorUtilities.CreateInstance<SmtpTransport>(provider));
        services.AddSingleton<MailSender>();
        services.AddSingleton<IEmailAddresses, EmailAddresses>();
    }

    static IDatabaseEngine Engine(IServiceProvider provider) => DatabaseEngines.Named(Options(provider).Provider);

    static DatabaseOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
}
