using Framelane.Application.Common;
using Framelane.Application.Renders.Preview;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Previews;

/// <summary>Who may have a preview made now. A workspace waits for its own places first, so that at most so many of it stand in everybody's queue.</summary>
sealed class PreviewPlaces(IOptions<PreviewOptions> options, TimeProvider time) : IDisposable
{
    readonly SemaphoreSlim all = new(options.Value.Concurrency);

    readonly PartitionedGate shares = new(Math.Max(1, options.Value.Concurrency - 1));

    /// <returns>A place, given back when it is disposed of; an error where there was none in time.</returns>
    public async Task<Result<IDisposable>> EnterAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.MaxWait, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        IDisposable? share = null;
        try
        {
            share = await shares.EnterAsync(workspaceId.Value, stop.Token);
            if (!all.Wait(0, CancellationToken.None))
                await all.WaitAsync(stop.Token);
            return new Place(all, share);
        }
        catch (OperationCanceledException)
        {
            share?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return share is null ? PreviewErrors.AllOfYours : PreviewErrors.AllTaken;
        }
    }

    public void Dispose() => all.Dispose();

    sealed class Place(SemaphoreSlim all, IDisposable share) : IDisposable
    {
        public void Dispose()
        {
            all.Release();
            share.Dispose();
        }
    }
}
