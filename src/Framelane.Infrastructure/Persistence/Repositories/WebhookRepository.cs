using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class WebhookRepository(FramelaneDbContext db) : IWebhookRepository
{
    public async Task<Webhook?> FindAsync(WorkspaceId workspaceId, string webhookId, CancellationToken cancellationToken) =>
        WebhookId.TryParse(webhookId) is { } id
            ? await db.Webhooks.SingleOrDefaultAsync(webhook => webhook.Id == id && webhook.WorkspaceId == workspaceId, cancellationToken)
            : null;

    public Task<Page<Webhook>> ListAsync(WorkspaceId workspaceId, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = db.Webhooks.AsNoTracking().Where(webhook => webhook.WorkspaceId == workspaceId);
        if (page.After is not null)
        {
            var after = WebhookId.FromStored(page.After);
            rows = rows.Where(webhook => webhook.Id < after);
        }

        return rows.OrderByDescending(webhook => webhook.Id).ToPageAsync(page, webhook => webhook.Id.Value, cancellationToken);
    }

    public Task<int> CountAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        db.Webhooks.CountAsync(webhook => webhook.WorkspaceId == workspaceId, cancellationToken);

    public void Add(Webhook webhook) => db.Webhooks.Add(webhook);

    public void Remove(Webhook webhook) => db.Webhooks.Remove(webhook);
}
