//! The adapter, the device and the canvas's surface, and whether they are still there.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Why there is no GPU to draw on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GpuError {
    /// The browser has no WebGPU, or no adapter for it.
    #[error("this browser offers no WebGPU adapter, which the map is drawn with")]
    NoAdapter,
    /// The adapter gave no device.
    #[error("the WebGPU adapter gave no device ({0})")]
    NoDevice(String),
    /// The canvas cannot be drawn to.
    #[error("the map's canvas cannot be drawn to with WebGPU ({0})")]
    NoSurface(String),
}

/// A device and the surface it draws to.
pub struct Gpu {
    /// The device.
    pub device: wgpu::Device,
    /// Its queue.
    pub queue: wgpu::Queue,
    surface: wgpu::Surface<'static>,
    config: wgpu::SurfaceConfiguration,
    adapter: String,
    events: Events,
}

/// What the device tells us between frames.
#[derive(Default)]
struct Told {
    is_lost: bool,
    fault: Option<String>,
    waker: Option<Waker>,
}

#[derive(Clone, Default)]
struct Events(Arc<Mutex<Told>>);

impl Events {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends when the device is lost.
pub struct UntilLost(Events);

impl Future for UntilLost {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut told = self.0.told();
        if told.is_lost {
            return Poll::Ready(());
        }
        told.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Gpu {
    /// Opens the first adapter and a device on it, for a surface that `surface_of` makes.
    ///
    /// # Errors
    /// [`GpuError`] with the browser's reason.
    pub async fn open(
        surface_of: impl FnOnce(&wgpu::Instance) -> Result<wgpu::Surface<'static>, String>,
    ) -> Result<Self, GpuError> {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = wgpu::Backends::BROWSER_WEBGPU;
        let instance = wgpu::Instance::new(descriptor);
        let surface = surface_of(&instance).map_err(GpuError::NoSurface)?;
        let options = wgpu::RequestAdapterOptions { compatible_surface: Some(&surface), ..Default::default() };
        let adapter = instance.request_adapter(&options).await.map_err(|_| GpuError::NoAdapter)?;
        let (device, queue) = adapter
            .request_device(&wgpu::DeviceDescriptor::default())
            .await
            .map_err(|e| GpuError::NoDevice(e.to_string()))?;
        let mut config = surface
            .get_default_config(&adapter, 1, 1)
            .ok_or_else(|| GpuError::NoSurface("no configuration fits".to_owned()))?;
        // Colours are blended as the page blends them: on sRGB values.
        config.format = config.format.remove_srgb_suffix();
        config.alpha_mode = wgpu::CompositeAlphaMode::Opaque;
        surface.configure(&device, &config);
        let gpu =
            Self { adapter: name_of(&adapter.get_info()), device, queue, surface, config, events: Events::default() };
        gpu.listen();
        Ok(gpu)
    }

    fn listen(&self) {
        let events = self.events.clone();
        self.device.set_device_lost_callback(move |_, _| {
            let mut told = events.told();
            told.is_lost = true;
            let waker = told.waker.take();
            drop(told);
            if let Some(waker) = waker {
                waker.wake();
            }
        });
        let events = self.events.clone();
        self.device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            events.told().fault.get_or_insert_with(|| error.to_string());
        }));
    }

    /// Name of the adapter, for people.
    pub fn adapter(&self) -> &str {
        &self.adapter
    }

    /// Whether the device is gone. It never comes back: open another.
    pub fn is_lost(&self) -> bool {
        self.events.told().is_lost
    }

    /// Ends when the device is lost.
    pub fn until_lost(&self) -> UntilLost {
        UntilLost(self.events.clone())
    }

    /// The first error the device reported since this was last asked.
    pub fn take_fault(&self) -> Option<String> {
        self.events.told().fault.take()
    }

    /// Format of the surface.
    pub fn format(&self) -> wgpu::TextureFormat {
        self.config.format
    }

    /// Size of the surface, px.
    pub fn size_px(&self) -> (u32, u32) {
        (self.config.width, self.config.height)
    }

    /// Gives the surface a size, px; clamped to what the device can hold.
    pub fn resize(&mut self, width_px: u32, height_px: u32) {
        let most = self.device.limits().max_texture_dimension_2d;
        let size = (width_px.clamp(1, most), height_px.clamp(1, most));
        if size != self.size_px() {
            (self.config.width, self.config.height) = size;
            self.surface.configure(&self.device, &self.config);
        }
    }

    /// The next picture to draw into; none when the surface had to be set up again, which the next frame will find done.
    pub fn next_picture(&self) -> Option<wgpu::SurfaceTexture> {
        use wgpu::CurrentSurfaceTexture as Current;
        match self.surface.get_current_texture() {
            Current::Success(picture) | Current::Suboptimal(picture) => Some(picture),
            _ => {
                self.surface.configure(&self.device, &self.config);
                None
            }
        }
    }
}

fn name_of(info: &wgpu::AdapterInfo) -> String {
    match (info.name.as_str(), info.device_type) {
        ("", wgpu::DeviceType::Cpu) => "software".to_owned(),
        ("", _) => "not named by the browser".to_owned(),
        (name, _) => name.to_owned(),
    }
}
