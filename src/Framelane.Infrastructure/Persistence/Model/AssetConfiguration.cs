using Framelane.Domain.Assets;
using Framelane.Domain.Uploads;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Framelane.Infrastructure.Persistence.Model;

sealed class AssetConfiguration : IEntityTypeConfiguration<Asset>
{
    const string HasWork = "status IN (1, 2)";

    const string Expires = "expires_at IS NOT NULL";

    public void Configure(EntityTypeBuilder<Asset> builder)
    {
        builder.ToTable("assets");
        builder.HasKey(asset => asset.Id);
        builder.Property(asset => asset.FetchUrl).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(asset => asset.Filename).HasMaxLength(Asset.MaxFilenameLength);
        builder.Property(asset => asset.ContentType).HasMaxLength(100);
        builder.Property(asset => asset.Extension).HasMaxLength(20);
        builder.Property(asset => asset.Key).HasMaxLength(200);
        builder.Property(asset => asset.Metadata).AsJson();
        builder.Property(asset => asset.Error).AsJson();
        builder.HasIndex(asset => new { asset.WorkspaceId, asset.Id }, "ix_assets_workspace");
        builder.HasIndex(asset => asset.ImportId, "ix_assets_import").HasFilter("import_id IS NOT NULL");
        builder.HasIndex(asset => asset.ClaimableAt, "ix_assets_claim").HasFilter(HasWork);
        builder.HasIndex(asset => new { asset.WorkspaceId, asset.Status, asset.Runs, asset.Id }, "ix_assets_work").HasFilter(HasWork);
        builder.HasIndex(asset => asset.ExpiresAt, "ix_assets_expiry").HasFilter(Expires);
    }
}

sealed class AssetFontConfiguration : IEntityTypeConfiguration<AssetFontRecord>
{
    public void Configure(EntityTypeBuilder<AssetFontRecord> builder)
    {
        builder.ToTable("asset_fonts");
        builder.HasKey(font => new { font.AssetId, font.Family });
        builder.Property(font => font.Family).HasMaxLength(AssetFont.MaxFamilyLength);
        builder.HasIndex(font => new { font.WorkspaceId, font.Family }, "ix_asset_fonts_family");
    }
}

sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("uploads");
        builder.HasKey(upload => upload.Id);
        builder.Property(upload => upload.ContentType).HasMaxLength(100);
        builder.HasIndex(upload => upload.ExpiresAt, "ix_uploads_expiry");
    }
}

sealed class JobSourceConfiguration : IEntityTypeConfiguration<JobSourceRecord>
{
    public void Configure(EntityTypeBuilder<JobSourceRecord> builder)
    {
        builder.ToTable("job_sources");
        builder.HasKey(source => new { source.JobId, source.AssetId });
        builder.Property(source => source.Url).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(source => source.Place).HasMaxLength(200);
        builder.HasIndex(source => source.AssetId, "ix_job_sources_asset");
    }
}
