using Framelane.Domain.Jobs;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    const string Open = "status IN (0, 1, 2)";

    const string HasFile = "output IS NOT NULL AND output_removed_at IS NULL";

    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(job => job.Id);
        builder.Property(job => job.WebhookUrl).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(job => job.Output).AsJson();
        builder.Property(job => job.Error).AsJson();
        builder.Property(job => job.Metadata).AsJson();
        builder.Property(job => job.Warnings).AsJson();
        builder.Property(job => job.ContentKey).HasMaxLength(64).IsUnicode(false);
        builder.HasIndex(job => new { job.WorkspaceId, job.Kind, job.Id }, "ix_jobs_workspace");
        builder.HasIndex(job => new { job.WorkspaceId, job.ContentKey }, "ix_jobs_content").HasFilter($"content_key IS NOT NULL AND {HasFile}");
        builder.HasIndex(job => new { job.WorkspaceId, job.Status, job.Id }, "ix_jobs_open").HasFilter(Open);
        builder.HasIndex(job => new { job.ClaimableAt, job.Id }, "ix_jobs_claim").HasFilter(Open);
        builder.HasIndex(job => job.CompletedAt, "ix_jobs_output").HasFilter(HasFile);
        builder.HasIndex(job => job.LeftoversSince, "ix_jobs_leftovers").HasFilter("leftovers_since IS NOT NULL");
    }
}

sealed class JobRequestConfiguration : IEntityTypeConfiguration<JobRequestRecord>
{
    public void Configure(EntityTypeBuilder<JobRequestRecord> builder)
    {
        builder.ToTable("job_requests");
        builder.HasKey(request => request.JobId);
    }
}
