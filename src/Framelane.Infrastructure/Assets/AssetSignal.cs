using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;

namespace Framelane.Infrastructure.Assets;

/// <summary>Wakes this process's worker of assets.</summary>
sealed class AssetSignal : WorkerSignal, IAssetSignal;
