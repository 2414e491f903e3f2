using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Framelane.Infrastructure.Persistence.Postgres;

/// <summary>What PostgreSQL keeps otherwise than the rest.</summary>
sealed class PostgresModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        ComparedTexts.Collate(modelBuilder, "C");

        // An update that touches no indexed column and finds room on its page writes to no index at all. Claims are such updates, so a page
        // is filled by half: all its rows are often claimed at once.
        var deliveries = modelBuilder.Entity<Delivery>();
        deliveries.HasStorageParameter("fillfactor", 50);

        // A success then leaves the index alone: an update that moves a row writes to each index that the row belongs in.
        deliveries.HasIndex(delivery => new { delivery.WebhookId, delivery.CreatedAt }, "ix_deliveries_recover").HasFilter("state IN (0, 2, 3)");

        // A queue's rows die as fast as they come: a fifth of a large table is too long to wait.
        deliveries.HasStorageParameter("autovacuum_vacuum_scale_factor", 0.02);
        deliveries.HasStorageParameter("autovacuum_analyze_scale_factor", 0.02);
    }
}
