using System.Text.Json;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Identities;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Usage;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

/// <summary>The tables of the database. Their names are snake_case and a contract: the dispatcher's prepared statements name them too.</summary>
sealed class FramelaneDbContext(DbContextOptions<FramelaneDbContext> options) : DbContext(options)
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Signup> Signups => Set<Signup>();

    public DbSet<Identity> Identities => Set<Identity>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookEvent> Events => Set<WebhookEvent>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryAttempt> Attempts => Set<DeliveryAttempt>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobRequestRecord> JobRequests => Set<JobRequestRecord>();

    public DbSet<JobSourceRecord> JobSources => Set<JobSourceRecord>();

    public DbSet<Asset> Assets => Set<Asset>();

    public DbSet<AssetFontRecord> AssetFonts => Set<AssetFontRecord>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<UsageEntry> Usage => Set<UsageEntry>();

    public DbSet<SpentMinutes> SpentMinutes => Set<SpentMinutes>();

    public DbSet<BillingAccount> BillingAccounts => Set<BillingAccount>();

    public DbSet<BillingEvent> BillingEvents => Set<BillingEvent>();

    public DbSet<MeteredRender> MeteredRenders => Set<MeteredRender>();

    public DbSet<MeterReport> MeterReports => Set<MeterReport>();

    public DbSet<IdempotencyRecord> IdempotencyKeys => Set<IdempotencyRecord>();

    public DbSet<NodeRecord> Nodes => Set<NodeRecord>();

    public DbSet<MailRecord> Mails => Set<MailRecord>();

    public DbSet<DataProtectionKeyRecord> DataProtectionKeys => Set<DataProtectionKeyRecord>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicrosecondsConverter>();
        IdConverters.Register(configurationBuilder);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(FramelaneDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
