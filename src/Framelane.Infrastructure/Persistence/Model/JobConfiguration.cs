using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    const string Open = "status IN (0, 1, 2)";

    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(job => job.Id);
        builder.Property(job => job.WebhookUrl).HasMaxLength(Webhook.MaxUrlLength);
        Json(builder.Property(job => job.Output));
        Json(builder.Property(job => job.Error));
        Json(builder.Property(job => job.Metadata));
        Json(builder.Property(job => job.Warnings));
        builder.HasIndex(job => new { job.WorkspaceId, job.Kind, job.Id }, "ix_jobs_workspace");
        builder.HasIndex(job => job.ClaimableAt, "ix_jobs_claim").HasFilter(Open);
    }

    static void Json<T>(PropertyBuilder<T> property) => property.HasConversion<JsonConverter<T>, JsonComparer<T>>();

    sealed class JsonConverter<T>() : ValueConverter<T, string>(
        value => JsonSerializer.Serialize(value, WireJson.Options),
        json => JsonSerializer.Deserialize<T>(json, WireJson.Options)!);

    /// <summary>The values never change in place: they are replaced.</summary>
    sealed class JsonComparer<T>() : ValueComparer<T>(
        (left, right) => ReferenceEquals(left, right),
        value => value == null ? 0 : value.GetHashCode(),
        value => value);
}

sealed class JobRequestConfiguration : IEntityTypeConfiguration<JobRequestRecord>
{
    public void Configure(EntityTypeBuilder<JobRequestRecord> builder)
    {
        builder.ToTable("job_requests");
        builder.HasKey(request => request.JobId);
    }
}
